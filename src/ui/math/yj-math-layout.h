/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-math-box.h"

G_BEGIN_DECLS

/* Between the files that set formulas. */
typedef struct
{
  PangoContext *context;
  double        em;             /* size of the letters, pixels */
  double        axis;           /* how high the middle of a plus lies, em */
  double        x_height;       /* em */
  guint         boxes;          /* made so far: what takes too many is given up */
  double        fence_ascent;   /* of the pair of fences around, for those in its middle; 0: none */
  double        fence_descent;
} YjMathSetter;

#define YJ_MATH_DISPLAY 0
#define YJ_MATH_SCRIPT  2

double     yj_math_em           (const YjMathSetter  *self,
                                 int                  style);
double     yj_math_axis         (const YjMathSetter  *self,
                                 int                  style);
double     yj_math_pen          (const YjMathSetter  *self,
                                 int                  style);
YjMathBox *yj_math_set_text     (YjMathSetter        *self,
                                 const YjMathNode    *node,
                                 int                  style,
                                 double               scale);
YjMathBox *yj_math_set_node     (YjMathSetter        *self,
                                 const YjMathNode    *node,
                                 int                  style);
YjMathBox *yj_math_set_row      (YjMathSetter        *self,
                                 const YjMathNode    *row,
                                 int                  style,
                                 GArray              *breaks);
YjMathBox *yj_math_set_array    (YjMathSetter        *self,
                                 const YjMathNode    *node,
                                 int                  style);
YjMathBox *yj_math_set_fences   (YjMathSetter        *self,
                                 YjMathBox           *body,
                                 gunichar             left,
                                 gunichar             right,
                                 int                  style);
YjMathBox *yj_math_set          (PangoContext        *context,
                                 const YjMathNode    *root,
                                 double               em,
                                 gboolean             display,
                                 GArray              *breaks);

G_END_DECLS
