/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-chat.h"

#include "yj-sandbox-json.h"

#define TOKENS_PER_SECOND 40
#define FIRST_TOKEN_MS 250

typedef enum
{
  PHASE_ROLE,
  PHASE_REASONING,
  PHASE_TEXT,
  PHASE_STOP,
  PHASE_USAGE,
  PHASE_DONE,
  PHASE_OVER,
} Phase;

struct _YjSandboxChat
{
  char            *id;
  char            *usage_id;
  char            *model;
  gint64           created;             /* seconds since 1970 */
  char            *reasoning;           /* or NULL */
  char            *text;
  const char      *next;                /* in reasoning or text */
  guint            prompt_tokens;
  guint            completion_tokens;
  Phase            phase;
  guint            sent;                /* tokens */
  gint64           begin;               /* of the first token, monotonic, µs */
  double           interval;            /* µs between tokens */
  YjSandboxFaults *faults;
  gboolean         broken;              /* the one malformed line was sent */
};

/* A random id as the platform makes them. */
static char *
make_id (guint length)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  char *id = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    id[i] = letters[g_random_int_range (0, 64)];
  id[length] = '\0';

  return id;
}

/**
 * yj_sandbox_chat_new:
 * @question: the question, needed only during this call
 * @speed: times forty tokens a second
 * @faults: what is to go wrong in the stream
 *
 * Returns: (transfer full): an answer that has not begun
 */
YjSandboxChat *
yj_sandbox_chat_new (const YjSandboxQuestion *question,
                     double                   speed,
                     YjSandboxFaults         *faults)
{
  YjSandboxChat *self = g_new0 (YjSandboxChat, 1);
  g_autofree char *uuid = g_uuid_string_random ();

  self->id = g_strconcat ("chatcmpl-", uuid, NULL);
  self->usage_id = make_id (21);
  self->model = g_strdup (question->model);
  self->created = g_get_real_time () / G_USEC_PER_SEC;
  self->text = yj_sandbox_answer (question, &self->reasoning);
  self->prompt_tokens = question->tokens;
  self->completion_tokens = yj_sandbox_count_tokens (self->text) + yj_sandbox_count_tokens (self->reasoning);
  self->interval = G_USEC_PER_SEC / (TOKENS_PER_SECOND * speed);
  self->begin = g_get_monotonic_time () + (gint64) (FIRST_TOKEN_MS * 1000 / speed);
  self->faults = yj_sandbox_faults_ref (faults);

  return self;
}

/**
 * yj_sandbox_chat_free:
 * @self: (transfer full): an answer
 */
void
yj_sandbox_chat_free (YjSandboxChat *self)
{
  g_free (self->id);
  g_free (self->usage_id);
  g_free (self->model);
  g_free (self->reasoning);
  g_free (self->text);
  yj_sandbox_faults_unref (self->faults);
  g_free (self);
}

/* One line of the stream, keys in the document's order; @choice is what stands in choices[0]. */
static GBytes *
make_chunk (YjSandboxChat *self,
            const char    *choice,
            const char    *reasoning,
            const char    *content)
{
  GString *line = g_string_new ("data: {\"id\": ");

  yj_sandbox_json_append_string (line, self->id, TRUE);
  g_string_append_printf (line, ", \"object\": \"chat.completion.chunk\", \"created\": %" G_GINT64_FORMAT
                          ", \"choices\": [%s], \"model\": ", self->created, choice);
  yj_sandbox_json_append_string (line, self->model, TRUE);
  g_string_append (line, ", \"reasoning_content\": ");
  yj_sandbox_json_append_string (line, reasoning, TRUE);
  g_string_append (line, ", \"content\": ");
  yj_sandbox_json_append_string (line, content, TRUE);
  g_string_append (line, ", \"finish\": \"0\", \"llmusageid\": ");
  yj_sandbox_json_append_string (line, self->usage_id, TRUE);
  g_string_append (line, "}\n");

  return g_string_free_to_bytes (line);
}

static GBytes *
make_usage_chunk (YjSandboxChat *self)
{
  GString *line = g_string_new ("data: {\"id\": ");

  yj_sandbox_json_append_string (line, self->id, TRUE);
  g_string_append_printf (line, ", \"object\": \"chat.completion.chunk\", \"created\": %" G_GINT64_FORMAT
                          ", \"choices\": [], \"model\": ", self->created);
  yj_sandbox_json_append_string (line, self->model, TRUE);
  g_string_append_printf (line, ", \"finish\": \"1\", \"usage\": {\"total_tokens\": %u, \"completion_tokens\": %u, "
                          "\"prompt_tokens\": %u, \"prompt_tokens_details\": {\"cached_tokens\": 0}}, \"llmusageid\": ",
                          self->prompt_tokens + self->completion_tokens, self->completion_tokens, self->prompt_tokens);
  yj_sandbox_json_append_string (line, self->usage_id, TRUE);
  g_string_append (line, "}\n");

  return g_string_free_to_bytes (line);
}

static GBytes *
make_error_line (YjSandboxChat *self)
{
  GString *line = g_string_new ("data: {\"error\": ");

  yj_sandbox_json_append_string (line, yj_sandbox_faults_get (self->faults, "stream-error"), TRUE);
  g_string_append (line, ", \"status\": \"FAILED\", \"llmusageid\": ");
  yj_sandbox_json_append_string (line, self->usage_id, TRUE);
  g_string_append (line, "}\ndata: [DONE]\n");

  return g_string_free_to_bytes (line);
}

/* The next token of @from; NULL when it is used up, or not due yet. */
static GBytes *
next_token (YjSandboxChat *self,
            const char    *from,
            gboolean       thinking,
            gint64        *due)
{
  g_autofree char *token = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *choice = NULL;
  gint64 when = self->begin + (gint64) (self->sent * self->interval);

  if (self->next == NULL)
    self->next = from;
  if (*self->next == '\0')
    {
      self->next = NULL;
      return NULL;
    }
  if (g_get_monotonic_time () < when)
    {
      *due = when;
      return NULL;
    }
  token = g_strndup (self->next, yj_sandbox_token_length (self->next));
  self->next += strlen (token);
  self->sent++;
  quoted = yj_sandbox_json_quote (thinking ? "" : token, TRUE);
  choice = g_strdup_printf ("{\"delta\": {\"content\": %s, \"role\": null}, \"index\": 0}", quoted);

  return make_chunk (self, choice, thinking ? token : NULL, thinking ? "" : token);
}

/* Half-way through the text something may go wrong that is not the line's fault. */
static GBytes *
next_fault (YjSandboxChat *self)
{
  if (self->broken || self->sent * 2 < self->completion_tokens)
    return NULL;
  self->broken = TRUE;
  if (yj_sandbox_faults_has (self->faults, "stream-error"))
    {
      self->phase = PHASE_OVER;
      return make_error_line (self);
    }
  if (yj_sandbox_faults_has (self->faults, "malformed-json"))
    return g_bytes_new_static ("data: {\"id\": \"chatcmpl-\n", 24);

  return NULL;
}

/**
 * yj_sandbox_chat_next:
 * @self: a #YjSandboxChat
 * @due: (out): when to ask again, monotonic, µs
 *
 * Returns: (transfer full) (nullable): the next line of the stream
 */
GBytes *
yj_sandbox_chat_next (gpointer  user_data,
                      gint64   *due)
{
  YjSandboxChat *self = user_data;
  GBytes *line = NULL;

  switch (self->phase)
    {
    case PHASE_ROLE:
      self->phase = self->reasoning != NULL ? PHASE_REASONING : PHASE_TEXT;
      return make_chunk (self, "{\"logprobs\": null, \"index\": 0, \"delta\": {\"content\": \"\", \"role\": \"assistant\"}}", NULL, "");

    case PHASE_REASONING:
      line = next_token (self, self->reasoning, TRUE, due);
      if (line != NULL || *due > 0)
        return line;
      self->phase = PHASE_TEXT;
      G_GNUC_FALLTHROUGH;

    case PHASE_TEXT:
      line = next_fault (self);
      line = line != NULL ? line : next_token (self, self->text, FALSE, due);
      if (line != NULL || *due > 0)
        return line;
      G_GNUC_FALLTHROUGH;

    case PHASE_STOP:
      self->phase = PHASE_USAGE;
      return make_chunk (self, "{\"delta\": {\"content\": \"\", \"role\": null}, \"finish_reason\": \"stop\", \"index\": 0}", NULL, "");

    case PHASE_USAGE:
      self->phase = PHASE_DONE;
      return make_usage_chunk (self);

    case PHASE_DONE:
      self->phase = PHASE_OVER;
      if (!yj_sandbox_faults_has (self->faults, "no-done"))
        return g_bytes_new_static ("data: [DONE]\n", 13);
      G_GNUC_FALLTHROUGH;

    case PHASE_OVER:
    default:
      return NULL;
    }
}

/**
 * yj_sandbox_chat_whole:
 * @self: an answer
 *
 * Returns: (transfer full): the answer as one JSON object, text unescaped
 */
char *
yj_sandbox_chat_whole (YjSandboxChat *self)
{
  g_autofree char *id = yj_sandbox_json_quote (self->id, FALSE);
  g_autofree char *text = yj_sandbox_json_quote (self->text, FALSE);
  g_autofree char *model = yj_sandbox_json_quote (self->model, FALSE);
  g_autofree char *reasoning = yj_sandbox_json_quote (self->reasoning, FALSE);

  return g_strdup_printf ("{\"id\": %s, \"object\": \"chat.completion\", \"created\": %" G_GINT64_FORMAT ", "
                          "\"choices\": [{\"finish_reason\": \"stop\", \"index\": 0, \"message\": {\"content\": %s, "
                          "\"role\": \"assistant\"}}], \"model\": %s, \"reasoning_content\": %s, \"content\": %s, "
                          "\"finish\": \"1\", \"usage\": {\"completion_tokens\": %u, \"prompt_tokens\": %u, "
                          "\"prompt_tokens_details\": {\"cached_tokens\": 0}, \"total_tokens\": %u}}",
                          id, self->created, text, model, reasoning, text, self->completion_tokens, self->prompt_tokens,
                          self->prompt_tokens + self->completion_tokens);
}
