"""How a grid looks: the parts that have a style of their own, and their styles."""

from typing import Final

#: Named without `grid--` where they are drawn.
INKS: Final = {
    "grid--heading",
    "grid--heading-here",
    "grid--group",
    "grid--row",
    "grid--cursor",
    "grid--cursor-here",
    "grid--strong",
    "grid--computed",
    "grid--null",
    "grid--error",
    "grid--warning",
    "grid--waiting",
    "grid--chosen",
}

LOOK: Final = """
Grid {
    background: $background;
    color: $foreground;
    /* the bar's place is always kept, so that no width depends on it; sideways the
       headings' signs say that there is more */
    overflow-y: scroll;
    scrollbar-size: 0 1;
    scrollbar-color: $panel;
    scrollbar-background: $background;
    scrollbar-background-hover: $background;
    scrollbar-background-active: $background;

    & > .grid--heading { color: $foreground 70%; background: $surface; }
    & > .grid--heading-here { color: $foreground; text-style: bold; }
    & > .grid--group { color: $foreground 70%; }
    & > .grid--row { background: $surface; }
    & > .grid--strong { text-style: bold; }
    & > .grid--computed { color: $foreground 65%; }
    & > .grid--null { color: $foreground 45%; }
    & > .grid--error { color: $text-error; }
    & > .grid--warning { color: $text-warning; }
    /* its ends bear a sign, too */
    & > .grid--chosen { background: $primary-muted; color: $foreground; }
    & > .grid--waiting { color: $text-accent; text-style: italic; }
    & > .grid--cursor { background: $panel; color: $foreground; text-style: underline; }
    /* reversed, so that the cursor is seen without colours too */
    & > .grid--cursor-here {
        background: $background; color: $text-primary; text-style: reverse;
    }
}
"""
