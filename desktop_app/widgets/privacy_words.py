"""What is said of a training's privacy: what it spent, what that cost, and what an attack could tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.widgets import readable

if TYPE_CHECKING:
    from core.runs import Run


def budget(run: Run) -> str:
    """The (epsilon, delta) of a private run; a dash for another."""
    if not run.private:
        return "–"
    epsilon, delta = readable.decimal(run.private["epsilon"], 2), f"{run.private['delta']:.2g}"
    return QCoreApplication.translate("privacy", "ε {0}, δ {1}").format(epsilon, delta)


def cost(run: Run) -> str:
    """How the same training without noise ranks, and the difference that the noise made."""
    without = run.private.get("ndcg_without")
    if without is None:
        return "–"
    change = run.metrics[f"ndcg@{run.k}"] - without
    text = QCoreApplication.translate("privacy", "{0} without noise ({1})")
    return text.format(readable.decimal(without, 4), readable.signed(change, 4))


def audit(run: Run) -> str:
    """The outcome of the attack on who was learned from; a dash where there was none."""
    if not run.audit:
        return "–"
    figures = (readable.decimal(run.audit[name], 3) for name in ("auc", "auc_low", "auc_high"))
    return QCoreApplication.translate("privacy", "AUC {0} ({1} to {2})").format(*figures)


def sentence(run: Run) -> str:
    """One line about a run."""
    said = [budget(run)] if run.private else []
    if run.private:
        said.append(
            QCoreApplication.translate("privacy", "NDCG@{0} {1}, {2}").format(
                run.k, readable.decimal(run.metrics[f"ndcg@{run.k}"], 4), cost(run)
            )
        )
    else:
        said.append(QCoreApplication.translate("privacy", "not private"))
    if run.audit:
        found = readable.percent(run.audit["found"])
        said.append(
            QCoreApplication.translate("privacy", "audit: {0}, {1} found at 1 % false alarms").format(audit(run), found)
        )
    return f"{run.name}: " + "; ".join(said)
