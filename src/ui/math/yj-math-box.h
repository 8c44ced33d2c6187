/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-math-node.h"

G_BEGIN_DECLS

/* A piece of a formula that has its size. Lengths are in pixels; y grows downward from the baseline. */
typedef struct
{
  double       width;
  double       ascent;
  double       descent;
  double       x;               /* of its origin, the left end of its baseline, in the box around it */
  double       y;
  double       italic;          /* how far it leans out on its right */
  gboolean     rule;            /* all of it is filled */
  PangoLayout *layout;          /* what is written there, or NULL */
  double       baseline;        /* of the layout, from its top */
  GskPath     *path;            /* what is drawn there, or NULL */
  double       stroke;          /* width of the pen; 0: the path is filled */
  GPtrArray   *children;        /* of YjMathBox, or NULL */
} YjMathBox;

YjMathBox *yj_math_box_new      (void);
void       yj_math_box_free     (YjMathBox     *self);
void       yj_math_box_add      (YjMathBox     *self,
                                 YjMathBox     *child,
                                 double         x,
                                 double         y);
void       yj_math_box_snapshot (YjMathBox     *self,
                                 GtkSnapshot   *snapshot,
                                 const GdkRGBA *color);
YjMathBox *yj_math_box_rule     (double         width,
                                 double         ascent,
                                 double         descent);

/* What is drawn and not written; @em: the size of the letters around, @pen: how thick lines are. */
YjMathBox *yj_math_draw_fence   (gunichar       c,
                                 double         ascent,
                                 double         descent,
                                 double         em,
                                 double         pen);
YjMathBox *yj_math_draw_root    (YjMathBox     *body,
                                 YjMathBox     *index,
                                 double         em,
                                 double         pen);
YjMathBox *yj_math_draw_accent  (YjMathAccent   accent,
                                 YjMathBox     *body,
                                 double         em,
                                 double         pen);
YjMathBox *yj_math_draw_arrow   (gunichar       c,
                                 double         width,
                                 double         axis,
                                 double         em,
                                 double         pen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMathBox, yj_math_box_free)

G_END_DECLS
