/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-math-node.h"

G_BEGIN_DECLS

/* Between the files that read TeX. */

#define YJ_MATH_NAME 32

typedef struct
{
  const char    *p;             /* what is not read yet */
  gboolean       failed;
  guint          depth;
  guint          nodes;
  YjMathVariant  variant;       /* of letters */
  gboolean       in_option;     /* a `]` ends it */
} YjMathParser;

YjMathNode *yj_math_parser_fail       (YjMathParser *self);
YjMathNode *yj_math_parser_node       (YjMathParser *self,
                                       YjMathKind    kind,
                                       YjMathClass   class);
void        yj_math_parser_skip_space (YjMathParser *self);
void        yj_math_parser_command    (YjMathParser *self,
                                       char          name[YJ_MATH_NAME]);
gboolean    yj_math_parser_at         (YjMathParser *self,
                                       const char   *command);
char       *yj_math_parser_raw_group  (YjMathParser *self);

YjMathNode *yj_math_parse_row         (YjMathParser *self);
YjMathNode *yj_math_parse_argument    (YjMathParser *self);
YjMathNode *yj_math_parse_command     (YjMathParser *self);
YjMathNode *yj_math_parse_environment (YjMathParser *self);
YjMathNode *yj_math_parse_lines       (YjMathParser *self);

G_END_DECLS
