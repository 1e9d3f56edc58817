"""TeX that the converter does not know: macros that stand for it, and tables of commands, environments and colours."""

from __future__ import annotations

# Commands that only change how others look on paper, and what stands for those that the converter does not know.
BUILT_IN_MACROS = r"""
\def\dotsc{\ldots} \def\dotso{\ldots} \def\dotsb{\cdots} \def\dotsm{\cdots} \def\dotsi{\cdots} \def\dotsx{\ldots}
\def\mathellipsis{\ldots} \def\varvdots{\vdots} \def\substack#1{\begin{subarray}{c}#1\end{subarray}}
\def\mathllap#1{#1} \def\mathrlap#1{#1} \def\mathclap#1{#1} \def\llap#1{\text{#1}} \def\rlap#1{\text{#1}}
\def\clap#1{\text{#1}} \newcommand{\smash}[2][]{#2} \def\vcenter#1{#1} \def\reflectbox#1{#1}
\def\pmb#1{\boldsymbol{#1}} \def\bold#1{\mathbf{#1}} \def\Bbb#1{\mathbb{#1}} \def\mathnormal#1{#1}
\def\mathsfit#1{\mathsf{#1}} \def\colorbox#1#2{\text{#2}} \def\fcolorbox#1#2#3{\fbox{#3}} \newcommand{\bbox}[2][]{#2}
\def\href#1#2{#2} \def\url#1{\text{#1}} \def\class#1#2{#2} \def\cssId#1#2{#2} \def\style#1#2{#2}
\def\htmlClass#1#2{#2} \def\htmlId#1#2{#2} \def\htmlStyle#1#2{#2} \def\htmlData#1#2{#2} \def\require#1{} \def\rule#1#2{}
\def\strut{} \def\mathstrut{} \def\nobreak{} \def\allowbreak{} \def\relax{} \def\displaylimits{} \def\noindent{}
\def\hfill{\quad} \def\hfil{\quad} \def\hskip{\hspace} \def\enskip{\enspace} \def\smallsetminus{\setminus}
\def\varpropto{\propto} \def\thicksim{\sim} \def\thickapprox{\approx} \def\shortmid{\mid} \def\shortparallel{\parallel}
\def\nshortmid{\nmid} \def\nshortparallel{\nparallel} \def\smallfrown{\frown} \def\smallsmile{\smile}
\def\centerdot{\cdot} \def\sdot{\cdot} \def\intop{\int} \def\smallint{\int} \def\varlimsup{\limsup}
\def\varliminf{\liminf} \def\varinjlim{\injlim} \def\varprojlim{\projlim} \def\ordinarycolon{:} \def\TeX{\text{TeX}}
\def\LaTeX{\text{LaTeX}} \def\KaTeX{\text{KaTeX}} \def\AA{Å} \def\degree{{}^\circ}
\def\overlinesegment#1{\overline{#1}}
\def\underlinesegment#1{\underline{#1}} \def\displaylines#1{\begin{gathered}#1\end{gathered}}
\def\eqalign#1{\begin{aligned}#1\end{aligned}} \def\cases#1{\begin{cases}#1\end{cases}}
\def\matrix#1{\begin{matrix}#1\end{matrix}} \def\pmatrix#1{\begin{pmatrix}#1\end{pmatrix}}
"""
SIZES = frozenset(r"\tiny \Tiny \scriptsize \footnotesize \small \normalsize \large \Large \LARGE \huge \Huge".split())
TEXT_COMMANDS = frozenset(
    r"""
    \text \textrm \textnormal \textup \textmd \textsf \texttt \textbf \textit \textsl \emph \textsc \mbox \hbox
    """.split()
)
AS_TEXT = dict.fromkeys((r"\textnormal", r"\textup", r"\textmd", r"\mbox", r"\hbox"), r"\text") | {
    r"\textsl": r"\textit"
}
ESCAPED_IN_TEXT = frozenset("_#&")
WITHOUT_NUMBER = frozenset({r"\nonumber", r"\notag"})
ENVIRONMENTS = {
    **dict.fromkeys(("align", "alignat", "alignedat", "flalign", "split"), "aligned"),
    **dict.fromkeys(("gather", "multline"), "gathered"),
    "eqnarray": "darray",
    "dcases": "dcases",
    "rcases": "rcases",
    "smallmatrix": "subarray",
}
WRAPPERS = frozenset("equation displaymath math".split())
FENCES = {"matrix": ("", ""), "pmatrix": "()", "bmatrix": "[]", "vmatrix": "||"} | {
    "Bmatrix": (r"\{", r"\}"),
    "Vmatrix": (r"\|", r"\|"),
}

# Names mean what they mean in CSS, as in MathJax and KaTeX; LaTeX's "green" and "cyan" are hard to read on paper.
CSS_COLOURS = dict(
    pair.split("=")
    for pair in """
        aqua=00ffff black=000000 blue=0000ff brown=a52a2a chocolate=d2691e coral=ff7f50 crimson=dc143c cyan=00ffff
        darkblue=00008b darkgray=a9a9a9 darkgreen=006400 darkorange=ff8c00 darkred=8b0000 deeppink=ff1493
        dodgerblue=1e90ff firebrick=b22222 forestgreen=228b22 fuchsia=ff00ff gold=ffd700 gray=808080 green=008000
        grey=808080 indigo=4b0082 lightblue=add8e6 lightgray=d3d3d3 lightgreen=90ee90 lime=00ff00 magenta=ff00ff
        maroon=800000 navy=000080 olive=808000 orange=ffa500 orangered=ff4500 orchid=da70d6 pink=ffc0cb plum=dda0dd
        purple=800080 red=ff0000 royalblue=4169e1 salmon=fa8072 seagreen=2e8b57 sienna=a0522d silver=c0c0c0
        skyblue=87ceeb slateblue=6a5acd steelblue=4682b4 tan=d2b48c teal=008080 tomato=ff6347 turquoise=40e0d0
        violet=ee82ee white=ffffff yellow=ffff00
    """.split()
)
