/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation-actions"

#include "yj-conversation-actions.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "yj-text.h"
#include "yj-title.h"
#include "yj-window.h"

/**
 * yj_conversation_dup_shown_title:
 * @conversation: a conversation
 *
 * Returns: (transfer full): its title in one line, harmless whoever wrote it, or what stands for one
 */
char *
yj_conversation_dup_shown_title (YjConversation *conversation)
{
  const char *title = yj_conversation_get_title (conversation);
  g_autoptr(GString) shown = g_string_new (NULL);

  yj_text_neutralise (shown, title, strlen (title), TRUE);
  g_strdelimit (shown->str, "\n\t", ' ');
  if (*g_strstrip (shown->str) == '\0')
    return g_strdup (_("New Chat"));
  return g_strdup (shown->str);
}

/* ---- a name */

typedef struct
{
  YjLibrary      *library;
  YjConversation *conversation;
  GtkEditable    *entry;        /* borrowed from the dialog */
} Renaming;

static void
renaming_free (gpointer  data,
               GClosure *closure)
{
  Renaming *renaming = data;

  g_object_unref (renaming->library);
  g_object_unref (renaming->conversation);
  g_free (renaming);
}

/* The name that it would have if nobody had given it one. */
static char *
dup_own_title (YjConversation *conversation)
{
  g_autoptr(YjMessage) first = g_list_model_get_item (G_LIST_MODEL (conversation), 0);

  return g_strdup (first != NULL ? yj_message_get_text (first) : "");
}

static void
renamed_cb (AdwAlertDialog *dialog,
            const char     *response,
            gpointer        user_data)
{
  Renaming *renaming = user_data;
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (renaming->entry)));

  if (!g_str_equal (response, "rename"))
    return;
  if (*title == '\0')
    {
      g_autofree char *question = dup_own_title (renaming->conversation);

      if (*question == '\0')
        return;
      g_free (title);
      title = yj_title_make (question);
    }
  g_object_set (renaming->conversation, "title", title, NULL);
  yj_library_save_conversation (renaming->library, renaming->conversation);
}

/**
 * yj_conversation_rename:
 * @widget: where
 * @library: the library
 * @conversation: one of its conversations
 *
 * Asks for another title. An empty one is the first question's again.
 */
void
yj_conversation_rename (GtkWidget      *widget,
                        YjLibrary      *library,
                        YjConversation *conversation)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("Rename Conversation"), NULL);
  GtkWidget *entry = gtk_entry_new ();
  Renaming *renaming = g_new0 (Renaming, 1);

  gtk_editable_set_text (GTK_EDITABLE (entry), yj_conversation_get_title (conversation));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Title"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "rename", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "rename");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");

  renaming->library = g_object_ref (library);
  renaming->conversation = g_object_ref (conversation);
  renaming->entry = GTK_EDITABLE (entry);
  g_signal_connect_data (dialog, "response", G_CALLBACK (renamed_cb), renaming, renaming_free, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, widget);
  gtk_widget_grab_focus (entry);
}

/* ---- the trash */

typedef struct
{
  GtkWidget          *widget;   /* weak */
  YjLibrary          *library;
  YjConversation     *conversation;
  YjConversationFunc  undone;
} Trashing;

static void
trashing_free (gpointer  data,
               GClosure *closure)
{
  Trashing *trashing = data;

  g_clear_weak_pointer (&trashing->widget);
  g_object_unref (trashing->library);
  g_object_unref (trashing->conversation);
  g_free (trashing);
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  Trashing *trashing = user_data;

  yj_library_restore_conversation (trashing->library, trashing->conversation);
  if (trashing->widget != NULL && yj_conversation_get_trashed (trashing->conversation) == 0)
    trashing->undone (trashing->widget, trashing->conversation);
}

/**
 * yj_conversation_trash:
 * @widget: where
 * @library: the library
 * @conversation: one of its conversations
 * @undone: called when the person takes it back
 *
 * Puts it into the trash, and offers to take it out again.
 */
void
yj_conversation_trash (GtkWidget          *widget,
                       YjLibrary          *library,
                       YjConversation     *conversation,
                       YjConversationFunc  undone)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Trashing *trashing = g_new0 (Trashing, 1);
  AdwToast *toast;

  g_set_weak_pointer (&trashing->widget, widget);
  trashing->library = g_object_ref (library);
  trashing->conversation = g_object_ref (conversation);
  trashing->undone = undone;
  yj_library_trash_conversation (library, conversation);

  toast = adw_toast_new (_("Conversation moved to trash"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), trashing, trashing_free, G_CONNECT_DEFAULT);
  if (YJ_IS_WINDOW (root))
    yj_window_add_toast (YJ_WINDOW (root), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/* ---- the pin */

/**
 * yj_conversation_toggle_pin:
 * @library: the library
 * @conversation: one of its conversations
 *
 * Puts it above the others, or back among them.
 */
void
yj_conversation_toggle_pin (YjLibrary      *library,
                            YjConversation *conversation)
{
  g_object_set (conversation, "pinned", !yj_conversation_get_pinned (conversation), NULL);
  yj_library_save_conversation (library, conversation);
}
