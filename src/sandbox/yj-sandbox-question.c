/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-question.h"

#include "yj-sandbox-answer.h"

#define DEFAULT_MODEL "qwen3-max"

/* As the platform's own code tests truth. */
static gboolean
is_true (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return *json_node_get_string (node) != '\0';

  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node) : json_node_get_double (node) != 0;
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* Fills in what `messages` says; FALSE when its form is wrong. */
static gboolean
read_messages (YjSandboxQuestion *self,
               JsonNode          *node)
{
  JsonArray *messages;
  guint spoken = 0;
  const char *last = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  messages = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonNode *element = json_array_get_element (messages, i);
      const char *role = JSON_NODE_HOLDS_OBJECT (element) ? get_string (json_node_get_object (element), "role") : NULL;
      const char *content = role != NULL ? get_string (json_node_get_object (element), "content") : NULL;

      if (content == NULL)
        return FALSE;
      self->tokens += yj_sandbox_count_tokens (content);
      if (g_strcmp0 (role, "system") == 0)
        self->system_prompt = self->system_prompt != NULL ? self->system_prompt : content;
      else
        spoken++;
      last = g_strcmp0 (role, "user") == 0 ? content : NULL;
    }
  /* The question itself may stand at the end of the history. */
  if (last != NULL && (self->prompt == NULL || g_strcmp0 (self->prompt, last) == 0))
    {
      self->prompt = last;
      spoken--;
    }
  self->earlier = spoken;

  return TRUE;
}

/**
 * yj_sandbox_question_read:
 * @self: (out): the question; it borrows from @body
 * @body: a chat request
 *
 * Returns: (transfer none) (nullable): what is wrong with the request, for a 400
 */
const char *
yj_sandbox_question_read (YjSandboxQuestion *self,
                          JsonObject        *body)
{
  JsonNode *messages = json_object_get_member (body, "messages");

  *self = (YjSandboxQuestion) {
    .prompt = get_string (body, "prompt"),
    .system_prompt = get_string (body, "sys_prompt"),
    .model = get_string (body, "model"),
    .stream = is_true (json_object_get_member (body, "stream")),
  };
  if (json_object_has_member (body, "prompt") && self->prompt == NULL)
    return "Parameter prompt must be a JSON string";
  if (self->prompt != NULL && *self->prompt == '\0')
    self->prompt = NULL;
  if (self->model == NULL || *self->model == '\0')
    self->model = DEFAULT_MODEL;
  if (messages != NULL && !JSON_NODE_HOLDS_NULL (messages) && !read_messages (self, messages))
    return "Parameter messages must be a list of {role, content}";
  if (self->prompt == NULL)
    return "Missing required parameter: prompt";
  self->tokens += yj_sandbox_count_tokens (self->prompt) + yj_sandbox_count_tokens (self->system_prompt);

  return NULL;
}
