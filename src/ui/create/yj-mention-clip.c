/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies are text for others, and a prompt with its mentions for ourselves. */
#define G_LOG_DOMAIN "yj-mention-view"

#include "yj-mention-view-private.h"

#include <string.h>

#define MIME_TYPE "application/x-yuanjing-prompt"
#define MAX_PASTED (1 << 20)    /* bytes */

static gboolean
copy (YjMentionView *self)
{
  GdkContentProvider *providers[2];
  g_autoptr(GdkContentProvider) all = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *source = NULL, *plain = NULL;
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    return FALSE;

  source = yj_mention_view_dup_range (self, &start, &end);
  plain = yj_prompt_text_to_plain (source);
  bytes = g_bytes_new (source, strlen (source));
  providers[0] = gdk_content_provider_new_typed (G_TYPE_STRING, plain);
  providers[1] = gdk_content_provider_new_for_bytes (MIME_TYPE, bytes);
  all = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), all);
  return TRUE;
}

static void
copy_clipboard (GtkTextView *view)
{
  copy (YJ_MENTION_VIEW (view));
}

static void
cut_clipboard (GtkTextView *view)
{
  if (copy (YJ_MENTION_VIEW (view)))
    gtk_text_buffer_delete_selection (YJ_MENTION_VIEW (view)->buffer, TRUE, gtk_text_view_get_editable (view));
}

/* ---- pasting */

static void
insert_foreign (YjMentionView *self,
                const char    *source)
{
  g_autofree char *adopted = yj_draft_dup_adopted (self->draft, source);

  yj_mention_view_insert_source (self, adopted);
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(YjMentionView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, &error);
  g_autofree char *plain = text != NULL ? yj_prompt_text_from_plain (text) : NULL;

  if (plain != NULL && self->draft != NULL && self->buffer != NULL)
    insert_foreign (self, plain);
}

static void
spliced_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(YjMentionView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  const char *data;
  gsize size;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, &error) < 0 || self->draft == NULL || self->buffer == NULL)
    return;

  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (object));
  data = g_bytes_get_data (bytes, &size);
  if (data != NULL && size <= MAX_PASTED && g_utf8_validate (data, (gssize) size, NULL))
    {
      g_autofree char *source = g_strndup (data, size);

      insert_foreign (self, source);
    }
}

static void
stream_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjMentionView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, NULL, &error);
  g_autoptr(GOutputStream) memory = NULL;

  if (stream == NULL)
    return;
  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, self->cancellable, spliced_cb, g_object_ref (self));
}

static void
paste_clipboard (GtkTextView *view)
{
  YjMentionView *self = YJ_MENTION_VIEW (view);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (self->draft == NULL)
    return;
  if (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), MIME_TYPE))
    gdk_clipboard_read_async (clipboard, (const char *[]) { MIME_TYPE, NULL }, G_PRIORITY_DEFAULT, self->cancellable, stream_cb,
                              g_object_ref (self));
  else
    gdk_clipboard_read_text_async (clipboard, self->cancellable, text_cb, g_object_ref (self));
}

void
yj_mention_view_init_clipboard (GtkTextViewClass *klass)
{
  klass->copy_clipboard = copy_clipboard;
  klass->cut_clipboard = cut_clipboard;
  klass->paste_clipboard = paste_clipboard;
}
