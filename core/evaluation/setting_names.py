"""What reports of the command line call the settings of a training; the window calls them the same."""

from __future__ import annotations

OF_SPLIT = {"cut": "time", "last": "leave-last-n", "folds": "users", "fold": "users"}  # settings that only these have
OF_TRAINING = {
    "model": "Model",
    "protocol": "Split",
    "cut": "Test after (UTC)",
    "last": "Events of each user",
    "folds": "Parts of the users",
    "fold": "Part to test",
    "seed": "Seed",
    "device": "Device",
    "k": "List length",
    "hide_seen": "Items already seen",
    "budget": "Time",
    "start_from": "Start from",
    "zero_shot": "Use it as it is, trained on nothing here",
    "language_model": "Language model",
    "leave_core": "One processor core left to the window",
}
OF_READING = {
    "model": "Language model",
    "pooling": "A text's vector",
    "prefix": "Before an item's text",
    "query": "Before what is asked",
    "tokens": "Tokens of a text",
    "bits": "Weights",
    "items": "Text of an item",
    "sequence": "Text of an event",
}
OF_MODELS = {
    "transformer": {
        "encoder": "Kind of layers",
        "members": "Networks",
        "distil": "Small network",
        "epochs": "Most epochs",
        "patience": "Patience",
        "learning_rate": "Learning rate",
        "width": "Width",
        "blocks": "Layers",
        "heads": "Heads",
        "longest": "Events looked at",
        "known_by": "Items are known by",
        "dropout": "Dropout",
        "batch": "Events in a step",
        "private_epsilon": "Privacy budget ε",
        "private_users": "Users in a private step",
        "private_steps": "Private steps",
    },
    "bilinear": {
        "decay": "Decay of the past",
        "history": "Events looked at",
        "tags": "Tags",
        "language": "Language axes",
        "dimensions": "Axes of behaviour",
        "negatives": "Weight of negatives",
        "epochs": "Epochs",
        "learning_rate": "Learning rate",
    },
    "language-regression": {
        "form": "What is asked",
        "encoder": "Language model",
        "template": "Text of an event",
        "tokens": "Tokens read",
        "trained": "What is trained",
        "layers": "Last layers",
        "cases": "Sequences",
        "epochs": "Epochs",
        "negatives": "Negatives",
        "threshold": "Threshold",
    },
}
