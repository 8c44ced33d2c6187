/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YJ_TYPE_COPY_BUTTON (yj_copy_button_get_type ())
G_DECLARE_FINAL_TYPE (YjCopyButton, yj_copy_button, YJ, COPY_BUTTON, GtkWidget)

GtkWidget *yj_copy_button_new      (const char   *tooltip);
void       yj_copy_button_set_text (YjCopyButton *self,
                                    const char   *text);
void       yj_copy_button_set_markdown (YjCopyButton *self,
                                        const char   *text);

G_END_DECLS
