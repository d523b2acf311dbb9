"""The pages of the window, one file a page; none imports another."""

# The pages in their order, each with the module and the class that it is built from when it is first shown. A page
# takes the state and the background, and may ask for another one by a signal `navigated(str)`.
PAGES = {
    "data": ("desktop_app.pages.data", "DataPage"),
    "timeline": ("desktop_app.pages.timeline", "TimelinePage"),
    "segments": ("desktop_app.pages.segments", "SegmentsPage"),
    "flows": ("desktop_app.pages.flows", "FlowsPage"),
    "map": ("desktop_app.pages.map", "MapPage"),
    "language": ("desktop_app.pages.language", "LanguagePage"),
    "training": ("desktop_app.pages.training", "TrainingPage"),
    "recommendations": ("desktop_app.pages.recommendations", "RecommendationsPage"),
    "feedback": ("desktop_app.pages.feedback", "FeedbackPage"),
    "privacy": ("desktop_app.pages.privacy", "PrivacyPage"),
}
