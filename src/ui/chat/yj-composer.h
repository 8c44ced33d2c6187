/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a message is written. Properties: "busy" (boolean): an answer comes, so that the button stops it.
   Signals: changed (): the text; send (); stop (). Children of type "tool" stand left of the button. */
#define YJ_TYPE_COMPOSER (yj_composer_get_type ())
G_DECLARE_FINAL_TYPE (YjComposer, yj_composer, YJ, COMPOSER, GtkWidget)

char *yj_composer_dup_text  (YjComposer *self);
void  yj_composer_set_text  (YjComposer *self,
                             const char *text);
void  yj_composer_set_busy  (YjComposer *self,
                             gboolean    busy);
void  yj_composer_set_ready (YjComposer *self,
                             gboolean    ready);

G_END_DECLS
