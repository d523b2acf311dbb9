<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ConditionRow</name>
    <message numerus="yes">
        <source>%Ln user(s) that were chosen one by one</source>
        <translation>
            <numerusform>%Ln user that was chosen</numerusform>
            <numerusform>%Ln users that were chosen one by one</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>The list would be of %n user(s): each can be recognised. Give such a file to nobody.</source>
        <translation>
            <numerusform>The list would be of one user, who can be recognised. Give such a file to nobody.</numerusform>
            <numerusform>The list would be of %n users: each can be recognised. Give such a file to nobody.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeedbackPage</name>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln verdict</numerusform>
            <numerusform>%Ln verdicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeedbackTaking</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FewBox</name>
    <message numerus="yes">
        <source>The figures are of %n user(s): each can be recognised. Give them to nobody.</source>
        <translation>
            <numerusform>The figures are of %n user, who can be recognised. Give them to nobody.</numerusform>
            <numerusform>The figures are of %n users: each can be recognised. Give them to nobody.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n figure(s) are of fewer than {0} users: each of these can be recognised.</source>
        <translation>
            <numerusform>%n figure is of fewer than {0} users: each of these can be recognised.</numerusform>
            <numerusform>%n figures are of fewer than {0} users: each of these can be recognised.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemKnowledge</name>
    <message numerus="yes">
        <source>%Ln row(s) left out</source>
        <translation>
            <numerusform>%Ln row left out</numerusform>
            <numerusform>%Ln rows left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message numerus="yes">
        <source>Weights after %Ln thumb(s): {0}</source>
        <translation>
            <numerusform>Weights after %Ln thumb: {0}</numerusform>
            <numerusform>Weights after %Ln thumbs: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListedItems</name>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln item</numerusform>
            <numerusform>%Ln items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyPanel</name>
    <message numerus="yes">
        <source>%Ln categories</source>
        <translation>
            <numerusform>%Ln category</numerusform>
            <numerusform>%Ln categories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln item</numerusform>
            <numerusform>%Ln items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message numerus="yes">
        <source>Forget %n user(s) for good? This cannot be undone.</source>
        <translation>
            <numerusform>Forget %n user for good? This cannot be undone.</numerusform>
            <numerusform>Forget %n users for good? This cannot be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Purposes</name>
    <message numerus="yes">
        <source>%Ln id(s) of {0} are unknown and left out, such as {1}.</source>
        <translation>
            <numerusform>%Ln id of {0} is unknown and left out, such as {1}.</numerusform>
            <numerusform>%Ln ids of {0} are unknown and left out, such as {1}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchedFolder</name>
    <message numerus="yes">
        <source>%n event(s) arrived</source>
        <translation>
            <numerusform>%n event arrived</numerusform>
            <numerusform>%n events arrived</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Days</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message numerus="yes">
        <source>%Ln event(s)</source>
        <translation>
            <numerusform>%Ln event</numerusform>
            <numerusform>%Ln events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln item</numerusform>
            <numerusform>%Ln items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln note</numerusform>
            <numerusform>%Ln notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
</TS>
