/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-copy-content"

#include "yj-copy-content.h"

#include <string.h>

#include "yj-attachment.h"
#include "yj-block-write.h"
#include "yj-markdown.h"
#include "yj-text.h"

/* What was copied of messages, as Markdown, plain text and HTML at once. Copying takes the texts as they are; what is made
 * of them is made when somebody pastes, and on a thread: a whole conversation can be long. */

typedef struct
{
  YjCopyKind  kind;
  char       *text;             /* all of it, as received */
  YjRange     range;
} Part;

struct _YjCopyContent
{
  GdkContentProvider  parent_instance;

  GPtrArray          *parts;    /* of Part */
  gboolean            plain_is_markdown;
};

G_DEFINE_FINAL_TYPE (YjCopyContent, yj_copy_content, GDK_TYPE_CONTENT_PROVIDER)

static const struct
{
  const char *type;
  YjCopyForm  form;
} types[] = {
  { "text/markdown", YJ_COPY_AS_MARKDOWN },
  { "text/markdown;charset=utf-8", YJ_COPY_AS_MARKDOWN },
  { "text/html", YJ_COPY_AS_HTML },
  { "text/plain;charset=utf-8", YJ_COPY_AS_PLAIN },
  { "text/plain", YJ_COPY_AS_PLAIN },
};

static void
free_part (gpointer data)
{
  Part *part = data;

  g_free (part->text);
  g_free (part);
}

/* ---- what is made */

static YjMarkdown *
parse (const Part *part)
{
  YjMarkdown *document = yj_markdown_new ();

  yj_markdown_set_text (document, part->text, part->kind == YJ_COPY_MARKDOWN);
  return document;
}

static gboolean
is_whole (const Part *part)
{
  return yj_place_compare (part->range.start, YJ_RANGE_ALL.start) == 0 && yj_place_compare (part->range.end, YJ_RANGE_ALL.end) == 0;
}

/* What was typed is what is to be copied, whatever it would mean as Markdown. */
static char *
dup_words (const Part *part)
{
  const char *body = yj_attachment_get_body (part->text);
  g_autoptr(GString) shown = g_string_new (NULL);
  guint start, end;

  yj_text_neutralise (shown, body, strlen (body), TRUE);
  yj_range_in_leaf (&part->range, 0, shown->len, &start, &end);
  if (start == 0 && end == shown->len)
    return g_strdup (body);
  return g_strndup (shown->str + start, MAX (start, end) - start);
}

/* What is attached goes along with a message that is copied whole, and with no part of its words. */
static char *
dup_typed (const Part *part)
{
  return is_whole (part) ? yj_attachment_dup_readable (part->text) : dup_words (part);
}

static void
add_block (GPtrArray   *blocks,
           YjBlockKind  kind,
           char        *text)
{
  YjBlock *block = yj_block_new (kind);

  block->text = text;
  g_ptr_array_add (blocks, block);
}

static GPtrArray *
new_typed_blocks (const Part *part)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_block_unref);
  g_autoptr(GListModel) attachments = yj_attachment_parse (is_whole (part) ? part->text : "");

  add_block (blocks, YJ_BLOCK_PARAGRAPH, dup_words (part));
  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (attachments, i);
      gsize length = yj_attachment_get_size (attachment);

      /* The block ends its last line itself. */
      if (g_str_has_suffix (yj_attachment_get_text (attachment), "\n"))
        length--;
      add_block (blocks, YJ_BLOCK_PARAGRAPH, g_strdup (yj_attachment_get_name (attachment)));
      add_block (blocks, YJ_BLOCK_CODE, g_strndup (yj_attachment_get_text (attachment), length));
    }
  return blocks;
}

/* Blocks that lie in the range whole are copied as they were received, with all that stands between them. */
static char *
cut_markdown (YjMarkdown    *document,
              const YjRange *range)
{
  GPtrArray *blocks = yj_markdown_get_blocks (document);
  g_autoptr(GPtrArray) part = yj_blocks_cut (blocks, range, YJ_CUT_STRUCTURE);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < part->len; i++)
    {
      YjBlock *first = g_ptr_array_index (part, i);
      guint at = 0;
      guint last = i;

      g_string_append (text, i > 0 ? "\n\n" : "");
      if (g_ptr_array_find (blocks, first, &at) && first->source_end > first->source_start)
        {
          while (last + 1 < part->len && at + 1 < blocks->len &&
                 g_ptr_array_index (part, last + 1) == g_ptr_array_index (blocks, at + 1))
            {
              last++;
              at++;
            }
          g_string_append_len (text, yj_markdown_get_text (document) + first->source_start,
                               ((YjBlock *) g_ptr_array_index (part, last))->source_end - first->source_start);
          i = last;
        }
      else
        {
          g_autoptr(GPtrArray) one = g_ptr_array_new ();

          g_ptr_array_add (one, first);
          yj_blocks_write_markdown (one, text);
        }
    }
  return g_string_free_and_steal (text);
}

static char *
dup_markdown (const Part *part)
{
  g_autoptr(YjMarkdown) document = NULL;

  if (part->kind == YJ_COPY_TYPED)
    return dup_typed (part);
  if (is_whole (part))
    return g_strdup (part->text);
  document = parse (part);
  if (yj_range_covers (&part->range, yj_markdown_get_blocks (document)))
    return g_strdup (part->text);
  return cut_markdown (document, &part->range);
}

static char *
dup_written (const Part *part,
             YjCopyForm  form)
{
  g_autoptr(YjMarkdown) document = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  GString *text;

  if (part->kind == YJ_COPY_TYPED && form == YJ_COPY_AS_PLAIN)
    return dup_typed (part);
  text = g_string_new (NULL);
  if (part->kind == YJ_COPY_TYPED)
    blocks = new_typed_blocks (part);
  else
    {
      document = parse (part);
      if (yj_range_covers (&part->range, yj_markdown_get_blocks (document)))
        blocks = g_ptr_array_ref (yj_markdown_get_blocks (document));
      else
        blocks = yj_blocks_cut (yj_markdown_get_blocks (document), &part->range,
                                form == YJ_COPY_AS_PLAIN ? YJ_CUT_EXACT : YJ_CUT_STRUCTURE);
    }
  if (form == YJ_COPY_AS_HTML)
    yj_blocks_write_html (blocks, text);
  else
    yj_blocks_write_plain (blocks, text);
  return g_string_free_and_steal (text);
}

/**
 * yj_copy_content_render:
 * @self: copied content
 * @form: how it is wanted
 *
 * Makes a text of what was copied. One message that was copied whole is, as Markdown, to the byte what was received.
 *
 * Returns: (transfer full): the text
 */
char *
yj_copy_content_render (YjCopyContent *self,
                        YjCopyForm     form)
{
  g_autoptr(GString) text = g_string_new (form == YJ_COPY_AS_HTML ? "<meta charset=\"utf-8\">\n" : NULL);

  g_return_val_if_fail (YJ_IS_COPY_CONTENT (self), NULL);

  if (form == YJ_COPY_AS_PLAIN && self->plain_is_markdown)
    form = YJ_COPY_AS_MARKDOWN;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);
      g_autofree char *one = form == YJ_COPY_AS_MARKDOWN ? dup_markdown (part) : dup_written (part, form);

      /* One message is left as it is; several are parted by an empty line. */
      if (self->parts->len > 1 && form != YJ_COPY_AS_HTML)
        g_strchomp (one);
      g_string_append (text, i > 0 && form != YJ_COPY_AS_HTML ? "\n\n" : "");
      g_string_append (text, one);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* ---- the provider */

static GdkContentFormats *
yj_copy_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gdk_content_formats_builder_add_mime_type (builder, types[i].type);
  return gdk_content_formats_builder_free_to_formats (builder);
}

typedef struct
{
  YjCopyForm     form;
  GOutputStream *stream;
  char          *text;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_object_unref (job->stream);
  g_free (job->text);
  g_free (job);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
rendered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  job->text = g_task_propagate_pointer (G_TASK (result), NULL);
  g_output_stream_write_all_async (job->stream, job->text, strlen (job->text), g_task_get_priority (task),
                                   g_task_get_cancellable (task), written_cb, task);
}

static void
render_work (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, yj_copy_content_render (source_object, GPOINTER_TO_INT (task_data)), g_free);
}

static void
yj_copy_content_write_mime_type_async (GdkContentProvider  *provider,
                                       const char          *mime_type,
                                       GOutputStream       *stream,
                                       int                  io_priority,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);
  g_autoptr(GTask) work = NULL;
  guint i = 0;

  g_task_set_source_tag (task, yj_copy_content_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  job->stream = g_object_ref (stream);
  g_task_set_task_data (task, job, free_job);
  while (i < G_N_ELEMENTS (types) && !g_str_equal (types[i].type, mime_type))
    i++;
  if (i == G_N_ELEMENTS (types))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Cannot be copied as %s", mime_type);
      g_object_unref (task);
      return;
    }
  work = g_task_new (provider, NULL, rendered_cb, task);
  g_task_set_task_data (work, GINT_TO_POINTER (types[i].form), NULL);
  g_task_run_in_thread (work, render_work);
}

static gboolean
yj_copy_content_write_mime_type_finish (GdkContentProvider  *provider,
                                        GAsyncResult        *result,
                                        GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
yj_copy_content_finalize (GObject *object)
{
  g_ptr_array_unref (YJ_COPY_CONTENT (object)->parts);

  G_OBJECT_CLASS (yj_copy_content_parent_class)->finalize (object);
}

static void
yj_copy_content_class_init (YjCopyContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yj_copy_content_finalize;
  provider_class->ref_formats = yj_copy_content_ref_formats;
  provider_class->write_mime_type_async = yj_copy_content_write_mime_type_async;
  provider_class->write_mime_type_finish = yj_copy_content_write_mime_type_finish;
}

static void
yj_copy_content_init (YjCopyContent *self)
{
  self->parts = g_ptr_array_new_with_free_func (free_part);
}

/**
 * yj_copy_content_new:
 *
 * Returns: (transfer full): with nothing in it yet
 */
YjCopyContent *
yj_copy_content_new (void)
{
  return g_object_new (YJ_TYPE_COPY_CONTENT, NULL);
}

/**
 * yj_copy_content_new_message:
 * @kind: what the text is
 * @text: all of a message
 *
 * Content for who asks for a message and not for what is seen of it: its plain text is Markdown too.
 *
 * Returns: (transfer full): a content provider
 */
GdkContentProvider *
yj_copy_content_new_message (YjCopyKind  kind,
                             const char *text)
{
  YjCopyContent *self = yj_copy_content_new ();

  self->plain_is_markdown = TRUE;
  yj_copy_content_add (self, kind, text, &YJ_RANGE_ALL);
  return GDK_CONTENT_PROVIDER (self);
}

/**
 * yj_copy_content_add:
 * @self: content that is still being put together
 * @kind: what the text is
 * @text: all of a message, as received or typed
 * @range: the part of it that was selected
 */
void
yj_copy_content_add (YjCopyContent *self,
                     YjCopyKind     kind,
                     const char    *text,
                     const YjRange *range)
{
  Part *part = g_new0 (Part, 1);

  part->kind = kind;
  part->text = g_strdup (text);
  part->range = *range;
  g_ptr_array_add (self->parts, part);
}
