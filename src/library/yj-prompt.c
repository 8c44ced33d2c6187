/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-prompt"

#include "yj-prompt.h"

#include <string.h>

#define MAX_VARIABLE 100        /* bytes between the braces; more is no name */

/**
 * YjPrompt:
 *
 * A prompt that is kept under a name, to be used again. Where its text has `{{language}}`, a word for `language` is
 * asked for each time.
 */
struct _YjPrompt
{
  GObject  parent_instance;
  gint64   id;
  char    *name;
  char    *body;
  gboolean recipe;
};

typedef enum
{
  PROP_NAME = 1,
  PROP_BODY,
} YjPromptProps;

static GParamSpec *props[PROP_BODY + 1];

G_DEFINE_FINAL_TYPE (YjPrompt, yj_prompt, G_TYPE_OBJECT)

static void
yj_prompt_finalize (GObject *object)
{
  YjPrompt *self = YJ_PROMPT (object);

  g_free (self->name);
  g_free (self->body);

  G_OBJECT_CLASS (yj_prompt_parent_class)->finalize (object);
}

static void
yj_prompt_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  YjPrompt *self = YJ_PROMPT (object);

  switch ((YjPromptProps) prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_BODY:
      g_value_set_string (value, self->body);
      break;
    }
}

static void
yj_prompt_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  YjPrompt *self = YJ_PROMPT (object);
  const char *string = g_value_get_string (value);

  switch ((YjPromptProps) prop_id)
    {
    case PROP_NAME:
      if (g_set_str (&self->name, string != NULL ? string : ""))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_BODY:
      if (g_set_str (&self->body, string != NULL ? string : ""))
        g_object_notify_by_pspec (object, pspec);
      break;
    }
}

static void
yj_prompt_class_init (YjPromptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = yj_prompt_finalize;
  object_class->get_property = yj_prompt_get_property;
  object_class->set_property = yj_prompt_set_property;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_BODY] = g_param_spec_string ("body", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_prompt_init (YjPrompt *self)
{
  self->name = g_strdup ("");
  self->body = g_strdup ("");
}

/**
 * yj_prompt_new:
 * @id: the id of its row, 0: none yet
 * @name: what it is called
 * @body: its text
 *
 * Returns: (transfer full): a prompt, kept by [method@Yj.Library.save_prompt]
 */
YjPrompt *
yj_prompt_new (gint64      id,
               const char *name,
               const char *body)
{
  YjPrompt *self = g_object_new (YJ_TYPE_PROMPT, "name", name, "body", body, NULL);

  self->id = id;
  return self;
}

/**
 * yj_prompt_new_recipe:
 * @id: the id of its row, 0: none yet
 * @name: what it is called
 * @body: a draft as JSON, without files
 *
 * Returns: (transfer full): a recipe, kept by [method@Yj.Library.save_prompt]
 */
YjPrompt *
yj_prompt_new_recipe (gint64      id,
                      const char *name,
                      const char *body)
{
  YjPrompt *self = yj_prompt_new (id, name, body);

  self->recipe = TRUE;
  return self;
}

/**
 * yj_prompt_is_recipe:
 * @self: a prompt
 *
 * Returns: whether its body is a draft, and not a text
 */
gboolean
yj_prompt_is_recipe (YjPrompt *self)
{
  g_return_val_if_fail (YJ_IS_PROMPT (self), FALSE);

  return self->recipe;
}

/**
 * yj_prompt_get_id:
 * @self: a prompt
 *
 * Returns: the id of its row (`prompts.id`), 0 until it was saved
 */
gint64
yj_prompt_get_id (YjPrompt *self)
{
  g_return_val_if_fail (YJ_IS_PROMPT (self), 0);

  return self->id;
}

/**
 * yj_prompt_set_id:
 * @self: a prompt without id
 * @id: the id of its row; set by the library
 */
void
yj_prompt_set_id (YjPrompt *self,
                  gint64    id)
{
  g_return_if_fail (YJ_IS_PROMPT (self));

  self->id = id;
}

/**
 * yj_prompt_get_name:
 * @self: a prompt
 *
 * Returns: what it is called
 */
const char *
yj_prompt_get_name (YjPrompt *self)
{
  g_return_val_if_fail (YJ_IS_PROMPT (self), NULL);

  return self->name;
}

/**
 * yj_prompt_get_body:
 * @self: a prompt
 *
 * Returns: its text, with its variables
 */
const char *
yj_prompt_get_body (YjPrompt *self)
{
  g_return_val_if_fail (YJ_IS_PROMPT (self), NULL);

  return self->body;
}

/* ---- variables */

/* The next variable from @text on: where it begins, with its braces; its name, and what follows it. */
static const char *
find_variable (const char  *text,
               char       **name,
               const char **rest)
{
  for (const char *start = text; (start = strstr (start, "{{")) != NULL; start++)
    {
      const char *end = start + 2 + strcspn (start + 2, "{}\n");
      g_autofree char *inside = NULL;

      if (!g_str_has_prefix (end, "}}") || end - start > MAX_VARIABLE)
        continue;
      inside = g_strstrip (g_strndup (start + 2, end - start - 2));
      if (*inside == '\0')
        continue;
      *name = g_steal_pointer (&inside);
      *rest = end + 2;
      return start;
    }
  return NULL;
}

/**
 * yj_prompt_list_variables:
 * @body: the text of a prompt
 *
 * Returns: (transfer full): the names that stand in it as `{{name}}`, each once, in order; white space around a name
 *   does not count
 */
GStrv
yj_prompt_list_variables (const char *body)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *rest = body;
  char *name;

  g_return_val_if_fail (body != NULL, NULL);

  while (find_variable (rest, &name, &rest) != NULL)
    {
      if (!g_hash_table_contains (seen, name))
        g_strv_builder_add (names, name);
      g_hash_table_add (seen, name);
    }
  return g_strv_builder_end (names);
}

/**
 * yj_prompt_fill:
 * @body: the text of a prompt
 * @names: (array zero-terminated=1): names of variables
 * @values: (array zero-terminated=1): what stands for each of @names
 *
 * Returns: (transfer full): @body with its variables replaced, once: a value is not looked through for variables;
 *   those that are not in @names stay as they are
 */
char *
yj_prompt_fill (const char         *body,
                const char * const *names,
                const char * const *values)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *from = body, *start, *rest;
  char *found;

  g_return_val_if_fail (body != NULL && names != NULL && values != NULL, NULL);

  while ((start = find_variable (from, &found, &rest)) != NULL)
    {
      g_autofree char *name = found;
      guint i = 0;

      while (names[i] != NULL && !g_str_equal (names[i], name))
        i++;
      g_string_append_len (text, from, start - from);
      if (names[i] != NULL)
        g_string_append (text, values[i]);
      else
        g_string_append_len (text, start, rest - start);
      from = rest;
    }
  g_string_append (text, from);
  return g_string_free_and_steal (g_steal_pointer (&text));
}
