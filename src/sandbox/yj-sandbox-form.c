/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-form.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <unistd.h>

/*
 * Reads a form while it arrives, in bounded memory, and strictly: what the platform's own reader would silently lose
 * is an error here, and says what is wrong.
 */

#define MAX_JSON (10 * 1024 * 1024)     /* the platform's limit: above it 413 */
#define MAX_HEADER 8190                 /* the same */
#define MAX_TEXT (32 * 1024 * 1024)     /* a picture may come as text */
#define MAX_PARTS 64
#define MAX_UPLOAD (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)

typedef enum
{
  STATE_PREAMBLE,               /* before the first boundary */
  STATE_BOUNDARY,               /* behind a boundary: -- or a line end */
  STATE_HEADER,
  STATE_BODY,
  STATE_EPILOGUE,
} State;

struct _YjSandboxForm
{
  char           *folder;
  char           *delimiter;    /* \r\n--boundary; NULL: JSON */
  GByteArray     *buffer;       /* what has not been understood yet */
  State           state;
  GPtrArray      *fields;       /* of YjSandboxField */
  YjSandboxField *field;        /* the one in hand, owned by fields */
  GByteArray     *text;         /* its text so far */
  int             fd;           /* its file, or -1 */
  gint64          total;
  guint           status;       /* 0: no error yet */
  char           *message;
  JsonParser     *parser;       /* NULL until a JSON body is complete */
};

static void
field_free (YjSandboxField *field)
{
  g_free (field->name);
  g_free (field->text);
  g_free (field->path);
  g_free (field->file_name);
  g_free (field);
}

G_GNUC_PRINTF (3, 4) static void
fail (YjSandboxForm *self,
      guint          status,
      const char    *format,
      ...)
{
  va_list args;

  if (self->status != 0)
    return;
  va_start (args, format);
  self->status = status;
  self->message = g_strdup_vprintf (format, args);
  va_end (args);
}

/**
 * yj_sandbox_form_new:
 * @content_type: (nullable): the request's Content-Type
 * @folder: where files are kept
 *
 * Returns: (transfer full): a reader for the form
 */
YjSandboxForm *
yj_sandbox_form_new (const char *content_type,
                     const char *folder)
{
  YjSandboxForm *self = g_new0 (YjSandboxForm, 1);
  g_autoptr(SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr(GHashTable) parameters = NULL;
  const char *type = NULL;

  if (content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", content_type);
  type = soup_message_headers_get_content_type (headers, &parameters);

  self->folder = g_strdup (folder);
  self->buffer = g_byte_array_new ();
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  self->text = g_byte_array_new ();
  self->fd = -1;
  if (type != NULL && g_ascii_strcasecmp (type, "multipart/form-data") == 0)
    {
      const char *boundary = g_hash_table_lookup (parameters, "boundary");

      if (boundary == NULL || *boundary == '\0' || strlen (boundary) > 70)
        fail (self, 400, "The boundary of multipart/form-data must have 1 to 70 characters");
      self->delimiter = g_strdup_printf ("\r\n--%s", boundary != NULL ? boundary : "");
      g_byte_array_append (self->buffer, (const guint8 *) "\r\n", 2);
    }
  else if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    fail (self, 400, "Content-Type must be application/json or multipart/form-data");

  return self;
}

/**
 * yj_sandbox_form_free:
 * @self: (transfer full): a form
 *
 * The files stay; they go with their folder.
 */
void
yj_sandbox_form_free (YjSandboxForm *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->folder);
  g_free (self->delimiter);
  g_free (self->message);
  g_byte_array_unref (self->buffer);
  g_byte_array_unref (self->text);
  g_ptr_array_unref (self->fields);
  g_clear_object (&self->parser);
  g_free (self);
}

/* ---- multipart */

static gboolean
safe_file_name (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || strchr (";\"\\/", *p) != NULL)
      return FALSE;

  return g_utf8_validate (name, -1, NULL);
}

/* @header: the lines of the part's header, each after a line end. */
static void
begin_part (YjSandboxForm *self,
            const char    *header,
            gsize          size)
{
  g_autoptr(SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr(GHashTable) parameters = NULL;
  g_autofree char *disposition = NULL;
  const char *name = NULL, *file_name = NULL;

  if (memchr (header, '\0', size) != NULL || !soup_headers_parse (header, size, headers) ||
      !soup_message_headers_get_content_disposition (headers, &disposition, &parameters) ||
      g_ascii_strcasecmp (disposition, "form-data") != 0)
    {
      fail (self, 400, "Part %u has no Content-Disposition: form-data", self->fields->len + 1);
      return;
    }
  name = g_hash_table_lookup (parameters, "name");
  file_name = g_hash_table_lookup (parameters, "filename");
  if (name == NULL || *name == '\0' || !g_utf8_validate (name, -1, NULL))
    fail (self, 400, "Part %u has no name", self->fields->len + 1);
  else if (soup_message_headers_get_one (headers, "Content-Transfer-Encoding") != NULL)
    fail (self, 400, "Content-Transfer-Encoding is not understood in a form: %s", name);
  else if (file_name != NULL && *file_name == '\0')
    fail (self, 400, "Empty file name: %s", name);
  else if (file_name != NULL && !safe_file_name (file_name))
    fail (self, 400, "Unsafe file name: %s", name);
  else if (self->fields->len == MAX_PARTS)
    fail (self, 400, "More than %d fields", MAX_PARTS);
  else
    {
      if (file_name == NULL && self->fields->len > 0 &&
          ((YjSandboxField *) g_ptr_array_index (self->fields, self->fields->len - 1))->path != NULL)
        fail (self, 400, "Text after a file: %s must come before the files", name);
      self->field = g_new0 (YjSandboxField, 1);
      self->field->name = g_strdup (name);
      self->field->file_name = g_strdup (file_name);
      g_ptr_array_add (self->fields, self->field);
      g_byte_array_set_size (self->text, 0);
      if (file_name == NULL)
        return;
      self->field->path = g_strdup_printf ("%s/upload-%u", self->folder, self->fields->len);
      self->fd = g_open (self->field->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      if (self->fd < 0)
        fail (self, 500, "No file can be made for the upload: %s", g_strerror (errno));
    }
}

static void
add_to_part (YjSandboxForm *self,
             const guint8  *data,
             gsize          size)
{
  if (self->fd < 0)
    {
      if (self->text->len + size > MAX_TEXT)
        fail (self, 400, "Text too long: %s", self->field->name);
      else
        g_byte_array_append (self->text, data, size);
      return;
    }
  self->field->size += size;
  while (size > 0)
    {
      gssize n = write (self->fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          fail (self, 500, "The upload cannot be kept: %s", g_strerror (errno));
          return;
        }
      data += n;
      size -= n;
    }
}

static void
end_part (YjSandboxForm *self)
{
  YjSandboxField *field = self->field;

  self->field = NULL;
  if (self->fd >= 0)
    {
      close (self->fd);
      self->fd = -1;
      if (field->size == 0)
        fail (self, 400, "Empty file: %s", field->name);
    }
  else if (self->text->len == 0)
    fail (self, 400, "Empty field: %s", field->name);
  else if (!g_utf8_validate ((const char *) self->text->data, self->text->len, NULL))
    fail (self, 400, "Not UTF-8: %s", field->name);
  else
    field->text = g_strndup ((const char *) self->text->data, self->text->len);
}

/* Takes one step; FALSE when more bytes are needed. */
static gboolean
step (YjSandboxForm *self)
{
  const guint8 *data = self->buffer->data;
  gsize size = self->buffer->len, length = strlen (self->delimiter), keep;
  const guint8 *found;

  switch (self->state)
    {
    case STATE_PREAMBLE:
    case STATE_BODY:
      found = memmem (data, size, self->delimiter, length);
      keep = found != NULL ? (gsize) (found - data) : size >= length ? size - length + 1 : 0;
      if (self->state == STATE_BODY && keep > 0)
        add_to_part (self, data, keep);
      g_byte_array_remove_range (self->buffer, 0, found != NULL ? keep + length : keep);
      if (found == NULL)
        return FALSE;
      if (self->state == STATE_BODY)
        end_part (self);
      self->state = STATE_BOUNDARY;
      return TRUE;

    case STATE_BOUNDARY:
      if (size < 2)
        return FALSE;
      if (memcmp (data, "--", 2) == 0)
        self->state = STATE_EPILOGUE;
      else if (memcmp (data, "\r\n", 2) == 0)
        self->state = STATE_HEADER;     /* the line end stays: the header's end may follow at once */
      else
        fail (self, 400, "A boundary must stand alone on a line that ends with CR LF");
      return TRUE;

    case STATE_HEADER:
      found = memmem (data, size, "\r\n\r\n", 4);
      if ((found != NULL ? (gsize) (found - data) : size) > MAX_HEADER)
        fail (self, 400, "The header of part %u is too long", self->fields->len + 1);
      if (found == NULL)
        return FALSE;
      begin_part (self, (const char *) data, found - data + 4);
      g_byte_array_remove_range (self->buffer, 0, found - data + 4);
      self->state = STATE_BODY;
      return TRUE;

    case STATE_EPILOGUE:
    default:
      g_byte_array_set_size (self->buffer, 0);
      return FALSE;
    }
}

/**
 * yj_sandbox_form_feed:
 * @self: a form
 * @data: the next bytes of the body
 * @size: how many
 *
 * After an error everything else is passed over.
 */
void
yj_sandbox_form_feed (YjSandboxForm *self,
                      const guint8  *data,
                      gsize          size)
{
  self->total += size;
  if (self->total > MAX_UPLOAD)
    fail (self, 413, "The form is too large");
  if (self->delimiter == NULL && self->total > MAX_JSON)
    fail (self, 413, "Maximum request body size %d exceeded", MAX_JSON);
  if (self->status != 0)
    return;

  g_byte_array_append (self->buffer, data, size);
  if (self->delimiter != NULL)
    while (self->status == 0 && step (self))
      ;
}

/* ---- JSON */

static void
read_member (JsonObject *object,
             const char *name,
             JsonNode   *node,
             gpointer    user_data)
{
  YjSandboxForm *self = user_data;
  YjSandboxField *field = g_new0 (YjSandboxField, 1);

  field->name = g_strdup (name);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    field->text = json_node_dup_string (node);
  else
    {
      field->text = json_to_string (node, FALSE);
      field->is_number = json_node_get_value_type (node) == G_TYPE_INT64;
      field->is_other = !field->is_number;
    }
  g_ptr_array_add (self->fields, field);
}

static void
read_json (YjSandboxForm *self)
{
  JsonParser *parser = json_parser_new ();

  self->parser = parser;
  if (self->buffer->len == 0 || !g_utf8_validate ((const char *) self->buffer->data, self->buffer->len, NULL) ||
      !json_parser_load_from_data (parser, (const char *) self->buffer->data, self->buffer->len, NULL) ||
      json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    fail (self, 400, "The body is not a JSON object");
  else
    json_object_foreach_member (json_node_get_object (json_parser_get_root (parser)), read_member, self);
}

/**
 * yj_sandbox_form_finish:
 * @self: a form
 * @status: (out): the HTTP status of an error
 * @message: (out) (transfer full): what is wrong
 *
 * To be called when the body is complete.
 *
 * Returns: whether the form was well made
 */
gboolean
yj_sandbox_form_finish (YjSandboxForm  *self,
                        guint          *status,
                        char          **message)
{
  if (self->status == 0 && self->delimiter == NULL)
    read_json (self);
  else if (self->status == 0 && self->state != STATE_EPILOGUE)
    fail (self, 400, "The form ends without its last boundary");
  *status = self->status;
  *message = g_strdup (self->message);

  return self->status == 0;
}

/**
 * yj_sandbox_form_is_json:
 * @self: a form
 *
 * Returns: whether it came as JSON
 */
gboolean
yj_sandbox_form_is_json (YjSandboxForm *self)
{
  return self->delimiter == NULL;
}

/**
 * yj_sandbox_form_get_fields:
 * @self: a form
 *
 * Returns: (transfer none) (element-type YjSandboxField): the fields in the order in which they came
 */
GPtrArray *
yj_sandbox_form_get_fields (YjSandboxForm *self)
{
  return self->fields;
}

/**
 * yj_sandbox_form_get_object:
 * @self: a form that is finished and well made
 *
 * Returns: (transfer none) (nullable): the JSON object, %NULL for multipart
 */
JsonObject *
yj_sandbox_form_get_object (YjSandboxForm *self)
{
  return self->parser != NULL ? json_node_get_object (json_parser_get_root (self->parser)) : NULL;
}

/**
 * yj_sandbox_form_get_text:
 * @self: a form
 * @name: of a field
 *
 * Returns: (transfer none) (nullable): the text of the first field of that name
 */
const char *
yj_sandbox_form_get_text (YjSandboxForm *self,
                          const char    *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      YjSandboxField *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (field->name, name) == 0)
        return field->text;
    }

  return NULL;
}
