/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-trash-dialog"

#include "yj-trash-dialog.h"

#include <glib/gi18n.h>

struct _YjTrashDialog
{
  AdwDialog      parent_instance;

  const YjTrashKind *kind;
  GObject       *owner;
  GListModel    *trash;
  int            days;          /* that things stay */
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
count_days (YjTrashDialog *self,
            gpointer       item)
{
  gint64 left = self->kind->get_trashed (item) + self->days * G_TIME_SPAN_DAY - g_get_real_time ();

  return left < G_TIME_SPAN_DAY ? 0 : (left + G_TIME_SPAN_DAY - 1) / G_TIME_SPAN_DAY;
}

static void
restore_cb (YjTrashDialog *self,
            GtkWidget     *button)
{
  g_autoptr(GObject) item = g_object_ref (g_object_get_data (G_OBJECT (button), "item"));

  self->kind->restore (self->owner, item);
  g_signal_emit (self, signals[RESTORED], 0, item);
}

/* Asks before what cannot be taken back. */
static void
ask (YjTrashDialog  *self,
     const char     *heading,
     const char     *body,
     const char     *yes,
     GCallback       answered_cb,
     gpointer        item)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, NULL));

  adw_alert_dialog_set_body (dialog, body);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "delete", yes, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  if (item != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "item", g_object_ref (item), g_object_unref);
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
    {
      g_autoptr(GListStore) items = g_list_store_new (G_TYPE_OBJECT);

      g_list_store_append (items, g_object_get_data (G_OBJECT (dialog), "item"));
      self->kind->remove (self->owner, G_LIST_MODEL (items));
    }
}

static void
delete_cb (YjTrashDialog *self,
           GtkWidget     *button)
{
  gpointer item = g_object_get_data (G_OBJECT (button), "item");
  g_autofree char *title = self->kind->dup_title (item);
  g_autofree char *heading = self->kind->dup_heading ();
  g_autofree char *body = NULL;

  /* translators: %s is the title of a conversation or a video */
  body = g_strdup_printf (_("“%s” will be gone for good."), title);
  ask (self, heading, body, _("_Delete"), G_CALLBACK (delete_answered_cb), item);
}

static GtkWidget *
new_button (YjTrashDialog  *self,
            gpointer        item,
            const char     *icon,
            const char     *name,
            GCallback       clicked_cb)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked_cb, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  YjTrashDialog *self = user_data;
  g_autofree char *title = self->kind->dup_title (item);
  g_autofree char *subtitle = NULL;
  int days = count_days (self, item);
  GtkWidget *row = adw_action_row_new ();

  if (days > 0)
    /* translators: how long something stays in the trash from now */
    subtitle = g_strdup_printf (ngettext ("%d day left", "%d days left", days), days);
  else
    subtitle = g_strdup (_("Goes today"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, item, "edit-undo-symbolic", _("Restore"), G_CALLBACK (restore_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, item, "user-trash-symbolic", _("Delete Now"), G_CALLBACK (delete_cb)));
  return row;
}

/* ---- all of them */

static void
update (YjTrashDialog *self)
{
  gboolean empty = g_list_model_get_n_items (self->trash) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.empty", !empty);
}

static void
empty_answered_cb (AdwAlertDialog *dialog,
                   const char     *response,
                   gpointer        user_data)
{
  YjTrashDialog *self = user_data;
  g_autoptr(GListStore) items = g_list_store_new (G_TYPE_OBJECT);

  if (!g_str_equal (response, "delete"))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (self->trash); i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (self->trash, i);

      g_list_store_append (items, item);
    }
  self->kind->remove (self->owner, G_LIST_MODEL (items));
}

static void
empty_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  YjTrashDialog *self = YJ_TRASH_DIALOG (widget);
  g_autofree char *body = self->kind->dup_empty_body (g_list_model_get_n_items (self->trash));

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
  g_clear_object (&self->owner);
  g_clear_object (&self->trash);

  G_OBJECT_CLASS (yj_trash_dialog_parent_class)->dispose (object);
}

static void
yj_trash_dialog_class_init (YjTrashDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_trash_dialog_dispose;

  signals[RESTORED] = g_signal_new ("restored", YJ_TYPE_TRASH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_OBJECT);

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
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_trash_dialog_new:
 * @kind: what it is a trash of; stays as it is
 * @name: what a screen reader calls the list
 * @owner: of the trash, given to the functions of @kind
 * @trash: what is in it, live, the last one first
 * @days: how long things stay there
 *
 * Returns: (transfer floating): a dialog to present
 */
YjTrashDialog *
yj_trash_dialog_new (const YjTrashKind *kind,
                     const char        *name,
                     GObject           *owner,
                     GListModel        *trash,
                     int                days)
{
  g_autofree char *note = NULL;
  YjTrashDialog *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (trash), NULL);

  self = g_object_new (YJ_TYPE_TRASH_DIALOG, NULL);
  self->kind = kind;
  self->owner = g_object_ref (owner);
  self->trash = g_object_ref (trash);
  self->days = days;
  note = kind->dup_note ();
  gtk_label_set_text (self->note, note);
  adw_status_page_set_description (self->empty_page, note);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_bind_model (self->list, trash, create_row_cb, self, NULL);
  g_signal_connect_object (trash, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}
