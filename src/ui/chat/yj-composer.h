/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a message is written. Properties: "busy" (boolean): an answer comes, so that the button stops it.
   Signals: changed (): the text or the cursor; attached (): the attachments; failed (name, GError): one could not be
   attached; history (): what was asked before is wanted, see yj_composer_take_history(); prompt (YjPrompt): that one is to be
   used, without one all of them shown; send (); stop ().
   Children of type "tool" stand left of the button. */
#define YJ_TYPE_COMPOSER (yj_composer_get_type ())
G_DECLARE_FINAL_TYPE (YjComposer, yj_composer, YJ, COMPOSER, GtkWidget)

char       *yj_composer_dup_text        (YjComposer *self);
char       *yj_composer_dup_message     (YjComposer *self);
int         yj_composer_get_cursor      (YjComposer *self);
GListStore *yj_composer_get_attachments (YjComposer *self);
void        yj_composer_set_text        (YjComposer *self,
                                         const char *text);
void        yj_composer_set_draft       (YjComposer *self,
                                         const char *text,
                                         int         cursor,
                                         GListStore *attachments);
void        yj_composer_insert          (YjComposer *self,
                                         const char *text);
void        yj_composer_take_history    (YjComposer *self,
                                         GStrv       entries);
void        yj_composer_set_prompts     (YjComposer *self,
                                         GListModel *prompts);
void        yj_composer_accept_drops    (YjComposer *self,
                                         GtkWidget  *widget);
void        yj_composer_set_busy        (YjComposer *self,
                                         gboolean    busy);
void        yj_composer_set_ready       (YjComposer *self,
                                         gboolean    ready);

G_END_DECLS
