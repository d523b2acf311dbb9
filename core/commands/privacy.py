"""Other people's data on the command line: encrypt, forget, keep for a time, train privately, audit, rescue."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.commands.console import Bar, needs_workspace, positive, say, time_of, write_json
from core.errors import SeqlensError

NEW_WORDS = "SEQLENS_NEW_PASSPHRASE"  # of the environment, for work without a person
KEYRING = "keyring"


def add_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add every command of this module; `add` is `add_parser` of the whole parser's commands."""
    forget = add("forget", help="forget users: events, feedback and all that was kept of them; backups too")
    needs_workspace(forget)
    forget.add_argument("--users", metavar="ID", nargs="+", required=True, help="their ids, or pseudonyms")
    forget.add_argument(
        "--pseudonyms", metavar="KEY", help="the key of the pseudonyms, where --users are the ids behind them"
    )
    forget.set_defaults(command=_forget)

    retain = add("retain", help="forget events before a time, and users who have none left")
    needs_workspace(retain)
    retain.add_argument("--since", metavar="TIME", type=time_of, required=True, help="the first time that is kept")
    retain.set_defaults(command=_retain)

    encrypt = add("encrypt", help=f"encrypt a workspace, or change its passphrase (asked for, or in {NEW_WORDS})")
    needs_workspace(encrypt)
    encrypt.set_defaults(command=_encrypt)

    decrypt = add("decrypt", help="take the encryption off a workspace")
    needs_workspace(decrypt)
    decrypt.set_defaults(command=_decrypt)

    back = add("reidentify", help="tell the ids behind pseudonyms; that it was done is written down")
    needs_workspace(back)
    back.add_argument("--users", metavar="PSEUDONYM", nargs="+", required=True)
    takes_key(back, required=True)
    back.add_argument("--reason", required=True, help="why they are needed; it is written down")
    back.set_defaults(command=_reidentify)

    told = add("privacy", help="tell what is stored where, and what was done with personal data")
    needs_workspace(told)
    told.add_argument("--json", metavar="FILE", help="write it as JSON; - for standard output")
    told.set_defaults(command=_privacy)

    audit = add(
        "audit", help="measure how well an attack tells whom a run's kind of model learned from (trains 4 times)"
    )
    needs_workspace(audit)
    audit.add_argument("--run", metavar="ID", help="default: the active run, or else the newest")
    audit.add_argument("--pairs", metavar="N", type=positive, default=2, help="of models to train (default: 2)")
    audit.add_argument("--json", metavar="FILE", help="write the figures as JSON; - for standard output")
    audit.set_defaults(command=_audit)

    rescue = add("rescue", help="write what can be read of a damaged workspace into a new one")
    rescue.add_argument("old", metavar="OLD", type=Path)
    rescue.add_argument("new", metavar="NEW", type=Path)
    rescue.set_defaults(command=_rescue)


def takes_key(command: argparse.ArgumentParser, required: bool = False) -> None:
    """Give a command the argument `--pseudonyms`."""
    command.add_argument(
        "--pseudonyms",
        metavar="KEY",
        required=required,
        help=f"the key of pseudonyms: a file, or {KEYRING}:NAME in the system's keyring; an import makes a new one",
    )


def takes_privacy(command: argparse.ArgumentParser) -> None:
    """Give `train` the arguments of a private training; `privacy_agrees` checks them."""
    command.add_argument(
        "--private-epsilon",
        metavar="E",
        type=float,
        help="with --model transformer: train it so that it can tell at most this of any user (DP-SGD; needs Opacus)",
    )
    command.add_argument(
        "--private-delta", metavar="D", type=float, help="the chance that this does not hold (default: 1e-5 or less)"
    )


def privacy_agrees(arguments: argparse.Namespace) -> None:
    """Refuse what would be ignored without a word."""
    if arguments.private_epsilon is None:
        if arguments.private_delta is not None:
            arguments.wrong("argument --private-delta: needs --private-epsilon")
        return
    if arguments.private_epsilon <= 0:
        arguments.wrong("argument --private-epsilon: must be above 0")
    if arguments.model != "transformer":
        arguments.wrong("argument --private-epsilon: needs --model transformer; counts of events are not private")
    if arguments.resume:
        arguments.wrong("argument --private-epsilon: a stopped training goes on with its own")


def privacy_of(arguments: argparse.Namespace) -> dict[str, object]:
    """The settings of the network that the arguments of `takes_privacy` say."""
    asked = {"private_epsilon": arguments.private_epsilon, "private_delta": arguments.private_delta}
    return {name: value for name, value in asked.items() if value is not None}


def key_of(argument: str, create: bool = True) -> bytes:
    """The key that `--pseudonyms` names.

    Raises:
        SeqlensError: there is none.
    """
    from core.privacy import pseudonyms

    kind, _, name = argument.partition(":")
    if kind == KEYRING:
        return pseudonyms.keyring_key(name or "default", create)
    key, made = pseudonyms.file_key(Path(argument), create)
    if made:
        say(f"A new key for pseudonyms is in {argument}. Keep it, and keep it secret: who has it can test ids.")
    return key


def unlock(arguments: argparse.Namespace) -> None:
    """Ask for the passphrase of an encrypted workspace, where a person is there to be asked."""
    from core.data.database import is_encrypted
    from core.privacy import passphrase

    for path in (getattr(arguments, "workspace", None), getattr(arguments, "old", None)):
        if isinstance(path, Path) and is_encrypted(path) and passphrase.told(path) is None and sys.stdin.isatty():
            passphrase.tell(path, getpass.getpass(f"Passphrase of {path.name}: "))


def new_passphrase(known: str | None = None) -> str:
    """The passphrase that a workspace gets: of the environment, or else the one that is `known`, or asked for twice.

    Raises:
        SeqlensError: nobody can be asked, or two different ones were given.
    """
    words = os.environ.get(NEW_WORDS, known)
    if words is None:
        if not sys.stdin.isatty():
            raise SeqlensError("Nobody can be asked for the new passphrase here. Put it into {name}.", name=NEW_WORDS)
        words = getpass.getpass("New passphrase: ")
        if getpass.getpass("Once more: ") != words:
            raise SeqlensError("These are two different passphrases. Try again.")
    return words


def passphrase_of_new(path: Path, wanted: bool) -> str | None:
    """The passphrase of a workspace that an import is to make at `path`; None for a plain one, or one that is there.

    Raises:
        SeqlensError: encryption is wanted of a plain file that is there, or a passphrase is told and would not be used.
    """
    from core.data.database import is_encrypted
    from core.privacy import passphrase

    if path.exists():
        if wanted and not is_encrypted(path):
            raise SeqlensError("{path} is a plain file already. Encrypt it first: main.py encrypt.", path=path)
        return None
    if wanted:
        return new_passphrase(passphrase.told(path))
    if os.environ.get(passphrase.VARIABLE) is not None:
        raise SeqlensError(
            "{name} is set, but {path} would be a new and plain file. Add --encrypt, or unset {name} for this command.",
            name=passphrase.VARIABLE,
            path=path,
        )
    return None


def _forget(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import keeping

    key = None if arguments.pseudonyms is None else key_of(arguments.pseudonyms, create=False)
    gone = keeping.forget_users(arguments.workspace, arguments.users, progress, key)
    progress.close()
    print(
        f"{gone.users} users, {gone.events} events, {gone.feedback} rows of feedback, {gone.documents} notes forgotten"
    )
    say("The runs that learned from them are marked; train again to have models that did not.")
    say("Files that were imported, and exports, are not touched: remove what they hold yourself.")


def _retain(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import keeping

    gone = keeping.retain(arguments.workspace, arguments.since, progress)
    progress.close()
    print(f"{gone.events} events forgotten, and {gone.users} users who had no others")


def _encrypt(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import keeping

    keeping.encrypt(arguments.workspace, new_passphrase(), progress)
    progress.close()
    say("The workspace is encrypted. Without the passphrase and the .key file beside it nobody can open it again.")


def _decrypt(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import keeping

    keeping.decrypt(arguments.workspace, progress)
    progress.close()
    say("The workspace is a plain file now.")


def _reidentify(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import keeping
    from core.workspace import Workspace

    key = key_of(arguments.pseudonyms, create=False)
    with Workspace.open(arguments.workspace) as workspace:
        progress.check()
        found = keeping.reidentify(workspace, arguments.users, key, arguments.reason)
    for name in arguments.users:
        print(f"{name}\t{found[name]}")


def _privacy(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import keeping
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        progress.check()
        facts: dict[str, Any] = keeping.stored(workspace).to_dict()
    if arguments.json:
        write_json(arguments.json, facts)
        return
    records = facts.pop("records")
    for name, value in facts.items():
        print(f"{name:<12} {value}")
    for record in records:
        print(f"{record['time']}  {record['action']}  {record['facts']}")


def _audit(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import auditing
    from core.trained import record_of
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        record = record_of(workspace, arguments.run)
        found = auditing.audit(workspace, record, progress, arguments.pairs)
    progress.close()
    if arguments.json:
        write_json(arguments.json, {"run": record.id, "model": record.model, **found.figures()})
    if arguments.json != "-":
        print(f"run {record.id} {record.model} ({record.name}): {found.users} users, {found.models} models of halves")
        print(f"  AUC {found.auc:.3f} ({found.auc_low:.3f} to {found.auc_high:.3f}); guessing has 0.5")
        print(f"  found at 1 % false alarms {found.found:.3f} ({found.found_low:.3f} to {found.found_high:.3f})")


def _rescue(arguments: argparse.Namespace, progress: Bar) -> None:
    from core.rescue import rescue

    found = rescue(arguments.old, arguments.new, progress)
    progress.close()
    for table, rows in found.rows.items():
        lost, partial = found.lost.get(table, 0), found.partial.get(table, 0)
        if rows or lost:
            missing = "an unknown number lost" if lost < 0 else f"{lost} lost"
            print(f"{table:<16} {rows:>10} rows read, {missing}" + (f", {partial} incomplete" if partial else ""))
    if found.models:
        print(f"The models of {len(found.models)} runs were lost; train these again.")
    if found.older:
        say("What was written last could not be read: this is the state before it.")
