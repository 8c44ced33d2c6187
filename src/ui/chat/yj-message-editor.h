/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a text that was written before is changed. Signals: save (text), ask (text), cancel (), changed (). */
#define YJ_TYPE_MESSAGE_EDITOR (yj_message_editor_get_type ())
G_DECLARE_FINAL_TYPE (YjMessageEditor, yj_message_editor, YJ, MESSAGE_EDITOR, GtkWidget)

/* @text: of a message, which may have attachments; @edited: the words written before, NULL: nothing */
GtkWidget *yj_message_editor_new      (const char      *text,
                                       const char      *edited,
                                       gboolean         can_ask);
char      *yj_message_editor_dup_text (YjMessageEditor *self);
/* Whether what is written can be asked now. */
void       yj_message_editor_set_busy (YjMessageEditor *self,
                                       gboolean         busy);

G_END_DECLS
