/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with a message: long pastes, and text files that are pasted, dropped or chosen. */
#define G_LOG_DOMAIN "yj-composer"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-composer-private.h"

#define MAX_PASTED 8192         /* bytes; more becomes an attachment */

static void
fail (YjComposer   *self,
      const char   *name,
      const GError *error)
{
  g_signal_emit_by_name (self, "failed", name, error);
}

static void
tell_attached (YjComposer *self,
               GListStore *attachments)
{
  yj_composer_update (self);
  g_signal_emit_by_name (self, "attached", attachments);
}

static gsize
get_total (GListModel *attachments)
{
  gsize total = 0;

  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (attachments, i);

      total += yj_attachment_get_size (attachment);
    }
  return total;
}

static void
attach (YjComposer   *self,
        GListStore   *attachments,
        YjAttachment *attachment)
{
  if (get_total (G_LIST_MODEL (attachments)) + yj_attachment_get_size (attachment) > YJ_ATTACHMENT_MAX)
    {
      g_autoptr(GError) error = g_error_new_literal (YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_TOO_LARGE, "Too much text");

      fail (self, yj_attachment_get_name (attachment), error);
      return;
    }
  g_list_store_append (attachments, attachment);
  tell_attached (self, attachments);
}

/* ---- a long text */

static gboolean
has_name (YjComposer *self,
          const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->attachments)); i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (G_LIST_MODEL (self->attachments), i);

      if (g_str_equal (yj_attachment_get_name (attachment), name))
        return TRUE;
    }
  return FALSE;
}

static char *
dup_pasted_name (YjComposer *self)
{
  char *name = g_strdup (_("Pasted Text"));

  for (guint i = 2; has_name (self, name); i++)
    {
      g_free (name);
      /* translators: the name of the second and every further long text that was pasted */
      name = g_strdup_printf (_("Pasted Text %u"), i);
    }
  return name;
}

/* However it comes in: pasted with the keys or the middle button, or dropped. */
static void
insert_text_cb (GtkTextBuffer *buffer,
                GtkTextIter   *where,
                const char    *text,
                int            length,
                gpointer       user_data)
{
  YjComposer *self = user_data;
  g_autofree char *name = NULL, *copy = NULL;
  g_autoptr(YjAttachment) attachment = NULL;

  if (length < 0)
    length = (int) strlen (text);
  if (self->inserting || length <= MAX_PASTED)
    return;
  name = dup_pasted_name (self);
  copy = g_strndup (text, length);
  attachment = yj_attachment_new (name, copy);
  g_signal_stop_emission_by_name (buffer, "insert-text");
  attach (self, self->attachments, attachment);
}

/* ---- files */

typedef struct
{
  YjComposer *self;             /* borrowed: the loading is cancelled before it goes */
  GListStore *attachments;      /* whose they are to be, whatever is open when they have been read */
} Loading;

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Loading *loading = user_data;
  g_autoptr(GListStore) attachments = loading->attachments;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjAttachment) attachment = yj_attachment_load_finish (G_FILE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (attachment == NULL)
    {
      g_autofree char *base = g_file_get_basename (G_FILE (object));
      g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

      fail (loading->self, name, error);
    }
  else
    attach (loading->self, attachments, attachment);
}

static void
load_file (YjComposer *self,
           GFile      *file)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->self = self;
  loading->attachments = g_object_ref (self->attachments);
  yj_attachment_load_async (file, self->cancellable, loaded_cb, loading);
}

static gboolean
drop_cb (YjComposer   *self,
         const GValue *value)
{
  for (GSList *list = g_value_get_boxed (value); list != NULL; list = list->next)
    load_file (self, list->data);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return TRUE;
}

static GdkDragAction
enter_cb (YjComposer *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "drop");
  return GDK_ACTION_COPY;
}

static void
leave_cb (YjComposer *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop");
}

/**
 * yj_composer_accept_drops:
 * @self: a composer
 * @widget: a widget around it
 *
 * Attaches the text files that are dropped anywhere on @widget.
 */
void
yj_composer_accept_drops (YjComposer *self,
                          GtkWidget  *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_return_if_fail (YJ_IS_COMPOSER (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  /* Before the text view, which would write the names of the files. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjComposer) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, &error);

  for (guint i = 0; files != NULL && self->cancellable != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);

      load_file (self, file);
    }
}

void
yj_composer_choose_files (YjComposer *self)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Attach Text Files"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, chosen_cb,
                                 g_object_ref (self));
}

/* ---- pasted files */

static void
files_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(YjComposer) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);
  GSList *files = value != NULL ? g_value_get_boxed (value) : NULL;

  if (self->cancellable == NULL)
    return;
  /* Addresses of the web come in the same way, and are text. */
  if (files == NULL || !g_file_is_native (files->data))
    {
      gtk_text_buffer_paste_clipboard (self->buffer, GDK_CLIPBOARD (object), NULL, TRUE);
      return;
    }
  for (; files != NULL; files = files->next)
    load_file (self, files->data);
}

static void
paste_cb (GtkTextView *view,
          gpointer     user_data)
{
  YjComposer *self = user_data;
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  g_autoptr(GdkContentFormats) formats = gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard));

  formats = gdk_content_formats_union_deserialize_gtypes (g_steal_pointer (&formats));
  if (!gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return;
  g_signal_stop_emission_by_name (view, "paste-clipboard");
  gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->cancellable, files_read_cb,
                                  g_object_ref (self));
}

/* ---- the chips */

static void
take_out (YjComposer   *self,
          YjAttachment *attachment)
{
  guint position;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (g_list_store_find (self->attachments, attachment, &position))
    g_list_store_remove (self->attachments, position);
  tell_attached (self, self->attachments);
}

static void
remove_cb (YjComposer   *self,
           YjAttachment *attachment)
{
  g_autoptr(YjAttachment) kept = g_object_ref (attachment);

  take_out (self, kept);
}

static void
insert_cb (YjComposer   *self,
           YjAttachment *attachment)
{
  g_autoptr(YjAttachment) kept = g_object_ref (attachment);

  take_out (self, kept);
  yj_composer_insert_text (self, yj_attachment_get_text (kept));
}

void
yj_composer_init_attachments (YjComposer *self)
{
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (insert_text_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->view, "paste-clipboard", G_CALLBACK (paste_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->strip, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "insert", G_CALLBACK (insert_cb), self, G_CONNECT_SWAPPED);
}
