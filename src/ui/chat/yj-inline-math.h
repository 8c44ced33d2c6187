/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

/* The formulas in the text of one label. */
typedef struct _YjInlineMath YjInlineMath;

YjInlineMath *yj_inline_math_new      (void);
void          yj_inline_math_free     (YjInlineMath  *self);
void          yj_inline_math_update   (YjInlineMath  *self,
                                       const YjBlock *block,
                                       PangoContext  *context,
                                       PangoAttrList *attributes);
gboolean      yj_inline_math_is_stale (YjInlineMath  *self,
                                       PangoContext  *context);
gboolean      yj_inline_math_has      (YjInlineMath  *self,
                                       const YjSpan  *span);
void          yj_inline_math_snapshot (YjInlineMath  *self,
                                       GtkLabel      *label,
                                       GtkSnapshot   *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjInlineMath, yj_inline_math_free)

G_END_DECLS
