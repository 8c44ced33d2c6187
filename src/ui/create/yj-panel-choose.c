/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file chooser, with what the slot or the model takes. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

#include "yj-recipe-file.h"

static void
filter_kinds (YjReferencePanel *self,
              GtkFileFilter    *filter,
              int               role)
{
  static const char * const types[] = { NULL, "image/*", "video/*", "audio/*" };
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (self->draft));
  gboolean any = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      if (role >= 0 && (int) yj_slot_get_role (slot) != role)
        continue;
      gtk_file_filter_add_mime_type (filter, types[yj_slot_get_kind (slot)]);
      any = TRUE;
    }
  for (guint i = YJ_MEDIA_KIND_IMAGE; !any && i <= YJ_MEDIA_KIND_AUDIO; i++)
    gtk_file_filter_add_mime_type (filter, types[i]);
}

static void
open_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(YjReferencePanel) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, &error);
  YjDraftFile *replaced = g_object_get_data (object, "yj-replaced");
  YjAttachAim aim = { .role = GPOINTER_TO_INT (g_object_get_data (object, "yj-role")) - 1, .position = G_MAXUINT,
                      .replaced = replaced };
  GSList *list = NULL;

  if (files == NULL || self->draft == NULL)
    return;
  for (guint i = g_list_model_get_n_items (files); i > 0; i--)
    list = g_slist_prepend (list, g_list_model_get_item (files, i - 1));
  yj_reference_panel_say_nothing (self);
  yj_attacher_add_to (self->attacher, list, &aim);
  g_slist_free_full (list, g_object_unref);
}

/* @role: the slot that the files are for, -1 for any; @replaced: the file to be replaced, or NULL. */
void
yj_reference_panel_choose (YjReferencePanel *self,
                           int               role,
                           YjDraftFile      *replaced)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new (), all = gtk_file_filter_new ();
  g_autoptr(GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_filter_set_name (filter, _("Files the Model Takes"));
  filter_kinds (self, filter, role);
  if (role < 0)
    gtk_file_filter_add_pattern (filter, "*" YJ_RECIPE_FILE_ENDING);
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, filter);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, replaced != NULL ? _("Replace File") : _("Add Files"));
  gtk_file_dialog_set_accept_label (dialog, replaced != NULL ? _("_Replace") : _("_Add"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  g_object_set_data (G_OBJECT (dialog), "yj-role", GINT_TO_POINTER (role + 1));
  if (replaced != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "yj-replaced", g_object_ref (replaced), g_object_unref);
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable, open_cb,
                                 g_object_ref (self));
}
