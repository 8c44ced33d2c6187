/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-attachment"

#include "yj-attachment.h"

#include <string.h>

#define HEAD "<attachment name=\""
#define MIDDLE "\" bytes=\""
#define TAIL "\">\n"
#define END "\n</attachment>"
#define MAX_NAME 120            /* characters */

/**
 * YjAttachment:
 *
 * A text that goes with a message: a long paste, or what was in a file. It does not change.
 *
 * A message carries its attachments in its text, before the words that were typed, each as
 *
 * ```
 * <attachment name="notes.txt" bytes="12">
 * Hello there.
 * </attachment>
 * ```
 *
 * That is what the model reads and what is stored, searched and exported. The number of bytes makes it exact: whatever
 * the text holds, another such mark too, it is found again as it was.
 */
struct _YjAttachment
{
  GObject  parent_instance;
  char    *name;
  char    *text;
  gsize    size;                /* bytes of UTF-8 */
};

G_DEFINE_FINAL_TYPE (YjAttachment, yj_attachment, G_TYPE_OBJECT)
G_DEFINE_QUARK (yj-attachment-error-quark, yj_attachment_error)

static void
yj_attachment_finalize (GObject *object)
{
  YjAttachment *self = YJ_ATTACHMENT (object);

  g_free (self->name);
  g_free (self->text);

  G_OBJECT_CLASS (yj_attachment_parent_class)->finalize (object);
}

static void
yj_attachment_class_init (YjAttachmentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_attachment_finalize;
}

static void
yj_attachment_init (YjAttachment *self)
{
}

/* One line that can stand between quotation marks, whatever a file is called. */
static char *
dup_clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr(GString) clean = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < MAX_NAME; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '<' || c == '>' || g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        g_string_append_c (clean, '_');
      else
        g_string_append_unichar (clean, c);
    }
  return g_string_free_and_steal (g_steal_pointer (&clean));
}

/**
 * yj_attachment_new:
 * @name: what it is called, such as the name of its file; what cannot stand in the mark becomes `_`
 * @text: UTF-8
 *
 * Returns: (transfer full): an attachment
 */
YjAttachment *
yj_attachment_new (const char *name,
                   const char *text)
{
  YjAttachment *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (YJ_TYPE_ATTACHMENT, NULL);
  self->name = dup_clean_name (name);
  self->text = g_strdup (text);
  self->size = strlen (text);
  return self;
}

/**
 * yj_attachment_get_name:
 * @self: an attachment
 *
 * Returns: what it is called, one line
 */
const char *
yj_attachment_get_name (YjAttachment *self)
{
  g_return_val_if_fail (YJ_IS_ATTACHMENT (self), NULL);

  return self->name;
}

/**
 * yj_attachment_get_text:
 * @self: an attachment
 *
 * Returns: the text, UTF-8
 */
const char *
yj_attachment_get_text (YjAttachment *self)
{
  g_return_val_if_fail (YJ_IS_ATTACHMENT (self), NULL);

  return self->text;
}

/**
 * yj_attachment_get_size:
 * @self: an attachment
 *
 * Returns: the bytes of the text
 */
gsize
yj_attachment_get_size (YjAttachment *self)
{
  g_return_val_if_fail (YJ_IS_ATTACHMENT (self), 0);

  return self->size;
}

/* ---- messages that carry some */

/**
 * yj_attachment_compose:
 * @attachments: (nullable): a model of [class@Yj.Attachment]
 * @body: the words that were typed
 *
 * Returns: (transfer full): the text of a message with both
 */
char *
yj_attachment_compose (GListModel *attachments,
                       const char *body)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = attachments != NULL ? g_list_model_get_n_items (attachments) : 0;

  g_return_val_if_fail (body != NULL, NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (attachments, i);

      if (i > 0)
        g_string_append (text, "\n\n");
      g_string_append (text, HEAD);
      g_string_append (text, attachment->name);
      g_string_append_printf (text, MIDDLE "%" G_GSIZE_FORMAT TAIL, attachment->size);
      g_string_append_len (text, attachment->text, (gssize) attachment->size);
      g_string_append (text, END);
    }
  if (n > 0 && *body != '\0')
    g_string_append (text, "\n\n");
  g_string_append (text, body);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* What one mark at the beginning of @text says; the rest of @text behind it, or NULL: there is none. */
static const char *
read_mark (const char  *text,
           const char **name,
           gsize       *name_length,
           const char **body,
           gsize       *length)
{
  const char *end, *rest;
  char *number_end;
  guint64 bytes;

  if (!g_str_has_prefix (text, HEAD))
    return NULL;
  *name = text + strlen (HEAD);
  end = strpbrk (*name, "\"\n");
  if (end == NULL || !g_str_has_prefix (end, MIDDLE) || !g_ascii_isdigit (end[strlen (MIDDLE)]))
    return NULL;
  *name_length = end - *name;
  bytes = g_ascii_strtoull (end + strlen (MIDDLE), &number_end, 10);
  if (!g_str_has_prefix (number_end, TAIL) || bytes > G_MAXINT32)
    return NULL;
  *body = number_end + strlen (TAIL);
  *length = bytes;
  if (memchr (*body, '\0', *length) != NULL)
    return NULL;
  rest = *body + *length;
  if (!g_str_has_prefix (rest, END))
    return NULL;
  rest += strlen (END);
  if (*rest != '\0' && !g_str_has_prefix (rest, "\n\n"))
    return NULL;
  return *rest == '\0' ? rest : rest + 2;
}

/**
 * yj_attachment_get_body:
 * @text: the text of a message
 *
 * Returns: where the words that were typed begin in @text, behind its attachments; @text itself without any
 */
const char *
yj_attachment_get_body (const char *text)
{
  const char *name, *body, *rest;
  gsize name_length, length;

  g_return_val_if_fail (text != NULL, NULL);

  while ((rest = read_mark (text, &name, &name_length, &body, &length)) != NULL)
    text = rest;
  return text;
}

/**
 * yj_attachment_parse:
 * @text: the text of a message
 *
 * Returns: (transfer full): a model of [class@Yj.Attachment], empty without any
 */
GListModel *
yj_attachment_parse (const char *text)
{
  GListStore *store = g_list_store_new (YJ_TYPE_ATTACHMENT);
  const char *name, *body, *rest;
  gsize name_length, length;

  g_return_val_if_fail (text != NULL, NULL);

  while ((rest = read_mark (text, &name, &name_length, &body, &length)) != NULL)
    {
      g_autofree char *its_name = g_strndup (name, name_length);
      g_autofree char *its_text = g_strndup (body, length);
      g_autoptr(YjAttachment) attachment = yj_attachment_new (its_name, its_text);

      g_list_store_append (store, attachment);
      text = rest;
    }
  return G_LIST_MODEL (store);
}
