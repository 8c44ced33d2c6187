/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A better prompt from a chat model, when it is asked for. */
#define G_LOG_DOMAIN "yj-create-prompt"

#include "yj-create-prompt-private.h"

#include <glib/gi18n.h>

#include "yj-improve-dialog.h"

typedef struct
{
  YjCreatePrompt *prompt;       /* weak */
  YjDraft        *draft;
} Asked;

static void
asked_free (Asked    *asked,
            GClosure *closure)
{
  g_clear_weak_pointer (&asked->prompt);
  g_object_unref (asked->draft);
  g_free (asked);
}

/* Into the draft that it was asked for, whichever is shown now. */
static void
accepted_cb (YjImproveDialog *dialog,
             const char      *source,
             Asked           *asked)
{
  yj_draft_set_prompt_source (asked->draft, source);
  if (asked->prompt != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (asked->prompt->view));
}

static void
improve_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  YjCreatePrompt *self = YJ_CREATE_PROMPT (widget);
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);
  g_autofree char *model = g_settings_get_string (settings, "chat-model");
  YjImproveDialog *dialog;
  Asked *asked;

  if (self->session == NULL || self->draft == NULL)
    return;
  asked = g_new0 (Asked, 1);
  g_set_weak_pointer (&asked->prompt, self);
  asked->draft = g_object_ref (self->draft);
  dialog = yj_improve_dialog_new (self->session, self->draft, model);
  g_signal_connect_data (dialog, "accepted", G_CALLBACK (accepted_cb), asked, (GClosureNotify) asked_free, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* Something has to be there to be made better. */
void
yj_create_prompt_update_improve (YjCreatePrompt *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "prompt.improve",
                                 self->draft != NULL && *yj_draft_get_prompt (self->draft) != '\0');
}

void
yj_create_prompt_install_improve (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "prompt.improve", NULL, improve_action);
}
