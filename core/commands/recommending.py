"""The command `recommend`."""

from __future__ import annotations

import argparse

from core.commands.console import FORMATS, Bar, needs_workspace, positive, say, table_file
from core.errors import SeqlensError
from core.privacy.groups import LEAST, is_small


def add_arguments(command: argparse.ArgumentParser) -> None:
    needs_workspace(command)
    whom = command.add_mutually_exclusive_group(required=True)
    whom.add_argument("--user", metavar="ID", nargs="+", action="extend", help="for these users")
    whom.add_argument("--segment", metavar="NAME", help="for the users of a segment that was saved in the window")
    whom.add_argument("--all", action="store_true", help="for every user")
    whom.add_argument(
        "--likes",
        metavar="ITEM,ITEM,...",
        help="for somebody new who likes these items, by their ids or titles; without --out, the list is printed",
    )
    command.add_argument("-k", type=positive, default=10, help="items for each user (default: 10)")
    command.add_argument("--explain", action="store_true", help="with the parts of each score")
    command.add_argument("--policy", metavar="NAME", help="in the order of a policy that was saved in the window")
    command.add_argument("--run", metavar="ID", help="default: the active run, or else the newest")
    command.add_argument("--out", metavar="FILE", type=table_file, help=f"the file to write: {' '.join(FORMATS)}")
    command.add_argument("--watermark", action="store_true", help="with a last row that says of which data it is")
    command.add_argument(
        "--suppress-small",
        action="store_true",
        help=f"write nothing for fewer than {LEAST} users, since each could be recognised",
    )
    command.add_argument(
        "--ray",
        metavar="ADDRESS",
        nargs="?",
        const="",
        help="with --all: made in parts by a Ray cluster; without an address that of RAY_ADDRESS, or this machine",
    )
    command.set_defaults(command=_recommend, agree=_agree, wrong=command.error)


def _agree(arguments: argparse.Namespace) -> None:
    if arguments.ray is not None and not arguments.all:
        arguments.wrong("argument --ray: needs --all")
    for name, asked in (("watermark", arguments.watermark), ("suppress-small", arguments.suppress_small)):
        if asked and arguments.likes is not None:  # it would be ignored without a word
            arguments.wrong(f"argument --{name}: not with --likes, whose list is of nobody in the data")


def _recommend(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import listing
    from core.workspace import Workspace

    if arguments.likes is not None:
        _recommend_new(arguments, progress)
        return
    if arguments.out is None:
        raise SeqlensError("Say which file to write: --out FILE.")
    with Workspace.open(arguments.workspace) as workspace:
        users = workspace.user_codes(arguments.user) if arguments.user else None
        if arguments.segment is not None:
            users = workspace.segment(arguments.segment)
        _warn_of_few(workspace.counts().users if users is None else len(set(users.tolist())), arguments.suppress_small)
        policy = None if arguments.policy is None else listing.policy_named(workspace, arguments.policy)
        rows = listing.export(
            workspace,
            arguments.out,
            progress,
            users,
            arguments.run,
            arguments.k,
            breakdown=arguments.explain,
            policy=policy,
            watermark=arguments.watermark,
            cluster=arguments.ray,
        )
    progress.close()
    say(f"{rows} rows written to {arguments.out}")


def _warn_of_few(users: int, suppress: bool) -> None:
    """Say before anything is written that users are so few that each can be recognised."""
    if not is_small(users):
        return
    if suppress:
        raise SeqlensError(
            "The list would be of {users} users, and each could be recognised. Nothing was written; choose at least "
            "{least} users, or leave out --suppress-small.",
            users=users,
            least=LEAST,
        )
    say(f"The list is of {users} {'user' if users == 1 else 'users'}: each can be recognised. Give it to nobody.")


def _recommend_new(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import listing
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        policy = None if arguments.policy is None else listing.policy_named(workspace, arguments.policy)
        likes = listing.items_named(workspace, [name.strip() for name in arguments.likes.split(",") if name.strip()])
        found = listing.recommend_new(workspace, likes, progress, arguments.run, arguments.k, policy)
        progress.close()
        if arguments.out is not None:
            rows = listing.export_one(workspace, arguments.out, found, breakdown=arguments.explain)
            say(f"{rows} rows written to {arguments.out}")
            return
        catalogue = workspace.catalogue()
        ids, titles = (column.take(found.items).to_pylist() for column in (catalogue.ids, catalogue.titles))
    for place, (name, title) in enumerate(zip(ids, titles, strict=True)):
        print(f"{place + 1:>3}  {found.scores[place]:8.4f}  {name}  {title or ''}{'  (new)' * int(found.fresh[place])}")
        if arguments.explain:
            parts = zip(found.components, found.shares[place], strict=True)
            print("               " + "  ".join(f"{part} {share:+.4f}" for part, share in parts))
