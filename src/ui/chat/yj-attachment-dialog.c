/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-attachment-dialog"

#include "yj-attachment-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-text.h"

#define MAX_SHOWN (200 * 1024)          /* bytes: what a text view lays out without a wait, in one line too */
#define MAX_INSERTED (64 * 1024)        /* bytes: what can be written in as if typed */

struct _YjAttachmentDialog
{
  AdwDialog       parent_instance;
  AdwWindowTitle *title;
  GtkTextView    *view;
  GtkWidget      *beginning;
  GtkWidget      *insert_button;
  YjAttachment   *attachment;
};

enum
{
  INSERT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjAttachmentDialog, yj_attachment_dialog, ADW_TYPE_DIALOG)

static void
insert_clicked_cb (YjAttachmentDialog *self)
{
  g_autoptr(YjAttachmentDialog) kept = g_object_ref (self);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[INSERT], 0, self->attachment);
}

static void
yj_attachment_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), YJ_TYPE_ATTACHMENT_DIALOG);
  g_clear_object (&YJ_ATTACHMENT_DIALOG (object)->attachment);

  G_OBJECT_CLASS (yj_attachment_dialog_parent_class)->dispose (object);
}

static void
yj_attachment_dialog_class_init (YjAttachmentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_attachment_dialog_dispose;

  signals[INSERT] = g_signal_new ("insert", YJ_TYPE_ATTACHMENT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, YJ_TYPE_ATTACHMENT);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-attachment-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YjAttachmentDialog, title);
  gtk_widget_class_bind_template_child (widget_class, YjAttachmentDialog, view);
  gtk_widget_class_bind_template_child (widget_class, YjAttachmentDialog, beginning);
  gtk_widget_class_bind_template_child (widget_class, YjAttachmentDialog, insert_button);
  gtk_widget_class_bind_template_callback (widget_class, insert_clicked_cb);
}

static void
yj_attachment_dialog_init (YjAttachmentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_text (YjAttachmentDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  const char *text = yj_attachment_get_text (self->attachment);
  gsize length = yj_attachment_get_size (self->attachment);
  g_autoptr(GString) shown = g_string_new (NULL);
  GtkTextIter start;

  if (length > MAX_SHOWN)
    {
      length = MAX_SHOWN;
      while (length > 0 && (text[length] & 0xc0) == 0x80)
        length--;
      gtk_widget_set_visible (self->beginning, TRUE);
    }
  yj_text_neutralise (shown, text, length, TRUE);
  gtk_text_buffer_set_text (buffer, shown->str, (int) shown->len);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

/**
 * yj_attachment_dialog_new:
 * @attachment: an attachment
 * @editable: whether its text may be put among the words of the message, which emits `insert`
 *
 * Returns: (transfer floating): a dialog that shows it
 */
YjAttachmentDialog *
yj_attachment_dialog_new (YjAttachment *attachment,
                          gboolean      editable)
{
  YjAttachmentDialog *self = g_object_new (YJ_TYPE_ATTACHMENT_DIALOG, NULL);
  g_autofree char *size = g_format_size (yj_attachment_get_size (attachment));

  self->attachment = g_object_ref (attachment);
  adw_dialog_set_title (ADW_DIALOG (self), yj_attachment_get_name (attachment));
  adw_window_title_set_title (self->title, yj_attachment_get_name (attachment));
  adw_window_title_set_subtitle (self->title, size);
  gtk_widget_set_visible (self->insert_button, editable && yj_attachment_get_size (attachment) <= MAX_INSERTED);
  show_text (self);
  return self;
}
