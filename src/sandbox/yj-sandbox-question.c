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

/* One element of `messages`: exactly a role and a content, neither of them empty. */
static gboolean
read_turn (JsonNode    *element,
           const char **role,
           const char **content)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (element))
    return FALSE;
  object = json_node_get_object (element);
  *role = get_string (object, "role");
  *content = get_string (object, "content");
  return json_object_get_size (object) == 2 && *role != NULL && *content != NULL && **content != '\0';
}

/* Fills in what `messages` says. Stricter than the platform, so that a client's slip is seen here: turns of two that
   take turns, the question last, and the same as the prompt. */
static const char *
read_messages (YjSandboxQuestion *self,
               JsonNode          *node)
{
  const char *last = NULL;
  JsonArray *messages;
  guint spoken = 0;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return "Parameter messages must be a list of {role, content}";
  messages = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      const char *role, *content;

      if (!read_turn (json_array_get_element (messages, i), &role, &content))
        return "Parameter messages must be a list of {role, content}";
      self->tokens += yj_sandbox_count_tokens (content);
      if (g_strcmp0 (role, "system") == 0 && i == 0)
        {
          self->system_prompt = self->system_prompt != NULL ? self->system_prompt : content;
          continue;
        }
      if (g_strcmp0 (role, spoken % 2 == 0 ? "user" : "assistant") != 0)
        return "Parameter messages: user and assistant must take turns, the user first";
      spoken++;
      if (spoken % 2 == 0)
        {
          self->cut = content;
          continue;
        }
      self->first = self->first != NULL ? self->first : content;
      self->before = last;
      last = content;
    }
  /* An empty list is as good as none. */
  if (spoken == 0)
    return NULL;
  if (spoken % 2 == 0)
    return "Parameter messages must end with the question";
  if (self->prompt != NULL && g_strcmp0 (self->prompt, last) != 0)
    return "Parameter messages must end with the prompt";
  self->prompt = last;
  self->earlier = spoken - 1;
  if (self->earlier == 0)
    self->first = NULL;

  return NULL;
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
  const char *wrong = NULL;

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
  if (messages != NULL && !JSON_NODE_HOLDS_NULL (messages))
    wrong = read_messages (self, messages);
  if (wrong != NULL)
    return wrong;
  if (self->prompt == NULL)
    return "Missing required parameter: prompt";
  self->tokens += yj_sandbox_count_tokens (self->prompt) + yj_sandbox_count_tokens (self->system_prompt);

  return NULL;
}
