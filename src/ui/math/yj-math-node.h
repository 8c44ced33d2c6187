/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  YJ_MATH_ROW,                  /* children, one beside the other */
  YJ_MATH_ATOM,                 /* text: letters or a sign */
  YJ_MATH_TEXT,                 /* text: words */
  YJ_MATH_SPACE,                /* amount: em */
  YJ_MATH_SCRIPTS,              /* base, below, above; the last two may be NULL */
  YJ_MATH_FRACTION,             /* above, below; amount: of the line, 0 for none */
  YJ_MATH_ROOT,                 /* what is below it, index or NULL */
  YJ_MATH_FENCED,               /* one row between left and right */
  YJ_MATH_FENCE,                /* left; amount: em, 0 where it is as high as the pair around it */
  YJ_MATH_ACCENT,               /* body; accent */
  YJ_MATH_STACK,                /* body, below, above: smaller, NULL for none */
  YJ_MATH_ARROW,                /* text: which; children: above, below; as long as they need */
  YJ_MATH_ARRAY,                /* cells, row by row; columns, aligns, left, right */
  YJ_MATH_STYLE,                /* row set in a style: amount 0 display … 3 smallest */
  YJ_MATH_PHANTOM,              /* takes room and is not seen */
} YjMathKind;

/* What a node is to its neighbours, which decides the space between them. In the order of TeX's table. */
typedef enum
{
  YJ_MATH_ORDINARY,
  YJ_MATH_OPERATOR,
  YJ_MATH_BINARY,
  YJ_MATH_RELATION,
  YJ_MATH_OPEN,
  YJ_MATH_CLOSE,
  YJ_MATH_PUNCTUATION,
  YJ_MATH_INNER,
} YjMathClass;

typedef enum
{
  YJ_MATH_ITALIC,               /* of letters; all else is upright */
  YJ_MATH_UPRIGHT,
  YJ_MATH_BOLD,
  YJ_MATH_BOLD_ITALIC,
  YJ_MATH_SANS,
  YJ_MATH_MONOSPACE,
  YJ_MATH_DOUBLE_STRUCK,
  YJ_MATH_CALLIGRAPHIC,
  YJ_MATH_FRAKTUR,
} YjMathVariant;

typedef enum
{
  YJ_ACCENT_HAT,
  YJ_ACCENT_CHECK,
  YJ_ACCENT_TILDE,
  YJ_ACCENT_BAR,
  YJ_ACCENT_VECTOR,
  YJ_ACCENT_DOT,
  YJ_ACCENT_DOTS,
  YJ_ACCENT_THREE_DOTS,
  YJ_ACCENT_ACUTE,
  YJ_ACCENT_GRAVE,
  YJ_ACCENT_BREVE,
  YJ_ACCENT_RING,
  YJ_ACCENT_WIDE_HAT,           /* from here on as wide as the body */
  YJ_ACCENT_WIDE_TILDE,
  YJ_ACCENT_OVERLINE,
  YJ_ACCENT_UNDERLINE,
  YJ_ACCENT_OVERARROW,
  YJ_ACCENT_OVERARROW_LEFT,
  YJ_ACCENT_OVERBRACE,
  YJ_ACCENT_UNDERBRACE,
  YJ_ACCENT_CANCEL,
  YJ_ACCENT_BOX,
} YjMathAccent;

typedef enum
{
  YJ_LIMITS_NEVER,              /* scripts stand beside */
  YJ_LIMITS_DISPLAY,            /* below and above in displayed formulas */
  YJ_LIMITS_ALWAYS,
} YjMathLimits;

typedef struct _YjMathNode YjMathNode;

struct _YjMathNode
{
  YjMathKind     kind;
  YjMathClass    class;
  YjMathVariant  variant;
  YjMathAccent   accent;
  YjMathLimits   limits;
  gboolean       large;         /* an operator that is larger in displayed formulas */
  gboolean       tight;         /* an array whose columns come in pairs that touch */
  gboolean       roomy;         /* an array set as displayed formulas */
  double         amount;
  gunichar       left;          /* 0: none */
  gunichar       right;
  guint          columns;
  char          *aligns;        /* `l`, `c`, `r` per column, `|` where a line stands; NULL: centred */
  char          *text;
  GArray        *lines;         /* of guint: rows of an array that have a line above, or NULL */
  GPtrArray     *children;      /* of YjMathNode, some may be NULL */
};

YjMathNode *yj_math_node_new   (YjMathKind   kind,
                                YjMathClass  class);
void        yj_math_node_free  (YjMathNode  *self);
void        yj_math_node_add   (YjMathNode  *self,
                                YjMathNode  *child);
YjMathNode *yj_math_node_child (const YjMathNode *self,
                                guint             i);
YjMathNode *yj_math_parse      (const char  *tex);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMathNode, yj_math_node_free)

G_END_DECLS
