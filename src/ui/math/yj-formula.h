/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A formula that is read once, and set for fonts and a size. */
typedef struct _YjFormula YjFormula;

gsize      yj_formula_get_delimiter (const char *source,
                                     gsize       length);
YjFormula *yj_formula_new       (const char    *source,
                                 gboolean       display);
YjFormula *yj_formula_ref       (YjFormula     *self);
void       yj_formula_unref     (YjFormula     *self);
gboolean   yj_formula_set       (YjFormula     *self,
                                 PangoContext  *context,
                                 double         em);
double     yj_formula_font_size (PangoContext  *context);
void       yj_formula_get_size  (YjFormula     *self,
                                 double        *width,
                                 double        *ascent,
                                 double        *descent);
guint      yj_formula_get_parts (YjFormula     *self,
                                 double         max_width);
double     yj_formula_get_part  (YjFormula     *self,
                                 guint          part,
                                 double        *start);
void       yj_formula_snapshot  (YjFormula     *self,
                                 guint          part,
                                 GtkSnapshot   *snapshot,
                                 const GdkRGBA *color);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjFormula, yj_formula_unref)

G_END_DECLS
