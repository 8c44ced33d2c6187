/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-trash-dialog"

#include "yj-trash-dialog.h"

#include <glib/gi18n.h>

#include "yj-conversation-actions.h"

struct _YjTrashDialog
{
  AdwDialog      parent_instance;

  YjLibrary     *library;
  GtkStack      *stack;
  GtkLabel      *note;
  GtkListBox    *list;
  AdwStatusPage *empty_page;
};

enum
{
  RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjTrashDialog, yj_trash_dialog, ADW_TYPE_DIALOG)

/* ---- one of them */

/* Days until it goes by itself, begun ones as whole; the last one as 0. */
static int
count_days (YjConversation *conversation)
{
  gint64 left = yj_conversation_get_trashed (conversation) + YJ_TRASH_DAYS * G_TIME_SPAN_DAY - g_get_real_time ();

  return left < G_TIME_SPAN_DAY ? 0 : (left + G_TIME_SPAN_DAY - 1) / G_TIME_SPAN_DAY;
}

static void
restore_cb (YjTrashDialog *self,
            GtkWidget     *button)
{
  g_autoptr(YjConversation) conversation = g_object_ref (g_object_get_data (G_OBJECT (button), "conversation"));

  yj_library_restore_conversation (self->library, conversation);
  g_signal_emit (self, signals[RESTORED], 0, conversation);
}

/* Asks before what cannot be taken back. */
static void
ask (YjTrashDialog  *self,
     const char     *heading,
     const char     *body,
     const char     *yes,
     GCallback       answered_cb,
     YjConversation *conversation)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, NULL));

  adw_alert_dialog_set_body (dialog, body);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "delete", yes, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  if (conversation != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "conversation", g_object_ref (conversation), g_object_unref);
  g_signal_connect_object (dialog, "response", answered_cb, self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
delete_answered_cb (AdwAlertDialog *dialog,
                    const char     *response,
                    gpointer        user_data)
{
  YjTrashDialog *self = user_data;

  if (g_str_equal (response, "delete"))
    yj_library_delete_conversation (self->library, g_object_get_data (G_OBJECT (dialog), "conversation"));
}

static void
delete_cb (YjTrashDialog *self,
           GtkWidget     *button)
{
  YjConversation *conversation = g_object_get_data (G_OBJECT (button), "conversation");
  g_autofree char *title = yj_conversation_dup_shown_title (conversation);
  g_autofree char *body = NULL;

  /* translators: %s is the title of a conversation */
  body = g_strdup_printf (_("“%s” will be gone for good."), title);
  ask (self, _("Delete Conversation?"), body, _("_Delete"), G_CALLBACK (delete_answered_cb), conversation);
}

static GtkWidget *
new_button (YjTrashDialog  *self,
            YjConversation *conversation,
            const char     *icon,
            const char     *name,
            GCallback       clicked_cb)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "conversation", g_object_ref (conversation), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked_cb, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  YjTrashDialog *self = user_data;
  YjConversation *conversation = item;
  g_autofree char *title = yj_conversation_dup_shown_title (conversation);
  g_autofree char *subtitle = NULL;
  int days = count_days (conversation);
  GtkWidget *row = adw_action_row_new ();

  if (days > 0)
    /* translators: how long a conversation stays in the trash from now */
    subtitle = g_strdup_printf (ngettext ("%d day left", "%d days left", days), days);
  else
    subtitle = g_strdup (_("Goes today"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, conversation, "edit-undo-symbolic", _("Restore"), G_CALLBACK (restore_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, conversation, "user-trash-symbolic", _("Delete Now"), G_CALLBACK (delete_cb)));
  return row;
}

/* ---- all of them */

static void
update (YjTrashDialog *self)
{
  gboolean empty = g_list_model_get_n_items (yj_library_get_trash (self->library)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.empty", !empty);
}

static void
empty_answered_cb (AdwAlertDialog *dialog,
                   const char     *response,
                   gpointer        user_data)
{
  YjTrashDialog *self = user_data;
  GListModel *trash = yj_library_get_trash (self->library);

  for (guint n = g_list_model_get_n_items (trash); g_str_equal (response, "delete") && n > 0; n--)
    {
      g_autoptr(YjConversation) conversation = g_list_model_get_item (trash, n - 1);

      yj_library_delete_conversation (self->library, conversation);
    }
}

static void
empty_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  YjTrashDialog *self = YJ_TRASH_DIALOG (widget);
  guint n = g_list_model_get_n_items (yj_library_get_trash (self->library));
  g_autofree char *body = NULL;

  body = g_strdup_printf (ngettext ("%u conversation will be gone for good.", "%u conversations will be gone for good.", n), n);
  ask (self, _("Empty Trash?"), body, _("_Empty Trash"), G_CALLBACK (empty_answered_cb), NULL);
}

/* ---- the object */

static void
yj_trash_dialog_dispose (GObject *object)
{
  YjTrashDialog *self = YJ_TRASH_DIALOG (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_TRASH_DIALOG);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (yj_trash_dialog_parent_class)->dispose (object);
}

static void
yj_trash_dialog_class_init (YjTrashDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_trash_dialog_dispose;

  signals[RESTORED] = g_signal_new ("restored", YJ_TYPE_TRASH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, YJ_TYPE_CONVERSATION);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-trash-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YjTrashDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, YjTrashDialog, note);
  gtk_widget_class_bind_template_child (widget_class, YjTrashDialog, list);
  gtk_widget_class_bind_template_child (widget_class, YjTrashDialog, empty_page);
  gtk_widget_class_install_action (widget_class, "trash.empty", NULL, empty_action);
}

static void
yj_trash_dialog_init (YjTrashDialog *self)
{
  g_autofree char *note = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  note = g_strdup_printf (ngettext ("Deleted conversations stay here for %d day.", "Deleted conversations stay here for %d days.",
                                    YJ_TRASH_DAYS), YJ_TRASH_DAYS);
  gtk_label_set_text (self->note, note);
  adw_status_page_set_description (self->empty_page, note);
}

/**
 * yj_trash_dialog_new:
 * @library: whose trash to show
 *
 * Returns: (transfer floating): a dialog to present
 */
YjTrashDialog *
yj_trash_dialog_new (YjLibrary *library)
{
  YjTrashDialog *self;

  g_return_val_if_fail (YJ_IS_LIBRARY (library), NULL);

  self = g_object_new (YJ_TYPE_TRASH_DIALOG, NULL);
  self->library = g_object_ref (library);
  gtk_list_box_bind_model (self->list, yj_library_get_trash (library), create_row_cb, self, NULL);
  g_signal_connect_object (yj_library_get_trash (library), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}
