/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one model of models.json or of a person's own file. Every error names its place. */
#include "yj-catalog.h"
#include "yj-limit-private.h"
#include "yj-reader-private.h"

#include <math.h>

/* ---- parameters and slots */
static gboolean
read_parameter (JsonObject *object,
                const char *path,
                GListStore *parameters,
                GError    **error)
{
  static const char * const types[] = { "text", "choice", "integer", "switch", NULL };
  static const char * const known[] = { "name", "meaning", "label", "type", "required", "default", "allowed",
                                        "minimum", "maximum", NULL };
  g_autofree char *name = NULL, *meaning = NULL, *label = NULL, *type = NULL, *value = NULL;
  g_auto(GStrv) allowed = NULL;
  g_autoptr(YjParameter) parameter = NULL;
  double minimum = NAN, maximum = NAN;
  gboolean required = FALSE;
  guint type_id = 0;

  if (!yj_reader_known_members (object, path, known, error) ||
      !yj_reader_text (object, path, "name", TRUE, &name, error) ||
      !yj_reader_text (object, path, "meaning", FALSE, &meaning, error) ||
      !yj_reader_text (object, path, "label", FALSE, &label, error) ||
      !yj_reader_text (object, path, "type", TRUE, &type, error) ||
      !yj_reader_boolean (object, path, "required", &required, error) ||
      !yj_reader_values (object, path, "allowed", &allowed, error) ||
      !yj_reader_number (object, path, "minimum", &minimum, error) ||
      !yj_reader_number (object, path, "maximum", &maximum, error))
    return FALSE;

  while (types[type_id] != NULL && !g_str_equal (types[type_id], type))
    type_id++;
  if (types[type_id] == NULL)
    return yj_reader_wrong (error, path, "“%s” is no type: it is “text”, “choice”, “integer” or “switch”", type);
  if (type_id == YJ_PARAMETER_CHOICE && (allowed == NULL || allowed[0] == NULL))
    return yj_reader_wrong (error, path, "a choice needs “allowed”, the list of its values");
  if (!yj_reader_is_null (object, "default") && (value = yj_reader_dup_value (json_object_get_member (object, "default"))) == NULL)
    return yj_reader_wrong (error, path, "“default” is neither a text nor a whole number");
  if (value != NULL && allowed != NULL && !g_strv_contains ((const char * const *) allowed, value))
    return yj_reader_wrong (error, path, "the default “%s” is not among the allowed values", value);

  if (meaning == NULL)
    meaning = g_strdup (name);
  parameter = yj_parameter_new (g_steal_pointer (&name), g_steal_pointer (&meaning), g_steal_pointer (&label),
                                (YjParameterType) type_id, required, g_steal_pointer (&value), g_steal_pointer (&allowed),
                                isnan (minimum) ? G_MININT64 : (gint64) minimum,
                                isnan (maximum) ? G_MAXINT64 : (gint64) maximum);
  g_list_store_append (parameters, parameter);
  return TRUE;
}

static gboolean
read_slot (JsonObject *object,
           const char *path,
           GListStore *slots,
           GError    **error)
{
  static const char * const known[] = { "role", "field", "type", "minimum", "maximum", "limits", NULL };
  g_autofree char *role_name = NULL, *field = NULL, *type = NULL, *inner = g_strdup_printf ("%s.limits", path);
  g_autoptr(GPtrArray) limits = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_limit_free);
  g_autoptr(YjSlot) slot = NULL;
  double minimum = 0, maximum = 0;
  YjSlotRole role;

  if (!yj_reader_known_members (object, path, known, error) ||
      !yj_reader_text (object, path, "role", TRUE, &role_name, error) ||
      !yj_reader_text (object, path, "field", TRUE, &field, error) ||
      !yj_reader_text (object, path, "type", FALSE, &type, error) ||
      !yj_reader_number (object, path, "minimum", &minimum, error) ||
      !yj_reader_number (object, path, "maximum", &maximum, error))
    return FALSE;
  if (!yj_slot_role_from_string (role_name, &role))
    return yj_reader_wrong (error, path, "“%s” is no role of a slot", role_name);
  if (minimum < 0 || maximum < 0 || minimum > 100 || maximum > 100 || (maximum > 0 && minimum > maximum))
    return yj_reader_wrong (error, path, "“minimum” and “maximum” do not fit together");
  if (!yj_reader_is_null (object, "limits"))
    {
      JsonNode *node = json_object_get_member (object, "limits");

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return yj_reader_wrong (error, path, "“limits” is no object");
      if (!yj_read_slot_limits (json_node_get_object (node), inner, limits, error))
        return FALSE;
    }

  if (type == NULL)
    type = g_strdup ("file");
  slot = yj_slot_new (role, g_steal_pointer (&field), g_steal_pointer (&type), (guint) minimum, (guint) maximum,
                      g_steal_pointer (&limits));
  g_list_store_append (slots, slot);
  return TRUE;
}

/* ---- the model */
typedef struct
{
  JsonObject *entry;
  JsonObject *form;             /* nullable */
  const char *path;
} Source;

/* A member of the entry, else of its form; NULL when neither has it. */
static JsonNode *
source_get (const Source *source,
            const char   *member)
{
  if (!yj_reader_is_null (source->entry, member))
    return json_object_get_member (source->entry, member);
  if (!yj_reader_is_null (source->form, member))
    return json_object_get_member (source->form, member);

  return NULL;
}

typedef gboolean (*ReadItem) (JsonObject *object,
                              const char *path,
                              gpointer    target,
                              GError    **error);

static gboolean
read_list (const Source *source,
           const char   *member,
           ReadItem      read_item,
           gpointer      target,
           GError      **error)
{
  JsonNode *node = source_get (source, member);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return yj_reader_wrong (error, source->path, "“%s” is no list", member);

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s[%u]", source->path, member, i);
      JsonNode *item = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (item))
        return yj_reader_wrong (error, path, "this is no object");
      if (!read_item (json_node_get_object (item), path, target, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_limits_of (JsonObject   *object,
                JsonObject   *above,    /* nullable: its members win */
                const Source *source,
                YjModelParts *parts,
                GError      **error)
{
  JsonObjectIter iter;
  const char *subject;
  JsonNode *child;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &subject, &child))
    {
      g_autofree char *path = g_strdup_printf ("%s.limits.%s", source->path, subject);
      YjParameterType type = YJ_PARAMETER_TEXT;

      if (above != NULL && json_object_has_member (above, subject))
        continue;
      if (!g_str_equal (subject, "prompt"))
        {
          YjParameter *parameter = NULL;

          for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (parts->parameters)); i++)
            {
              g_autoptr(YjParameter) item = g_list_model_get_item (G_LIST_MODEL (parts->parameters), i);

              if (g_str_equal (yj_parameter_get_meaning (item), subject))
                parameter = item;
            }
          if (parameter == NULL)
            return yj_reader_wrong (error, path, "this model has no such parameter");
          type = yj_parameter_get_value_type (parameter);
        }
      if (type == YJ_PARAMETER_TEXT
          ? !yj_read_text_limits (parts->limits, child, path, subject, error)
          : !yj_read_limit (parts->limits, child, path, subject,
                        type == YJ_PARAMETER_INTEGER ? YJ_LIMIT_NUMBER : YJ_LIMIT_VALUES, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_limits (const Source *source,
             YjModelParts *parts,
             GError      **error)
{
  JsonObject *objects[2] = { NULL, NULL };
  JsonObject *places[2] = { source->entry, source->form };

  for (guint i = 0; i < 2; i++)
    if (!yj_reader_is_null (places[i], "limits"))
      {
        JsonNode *node = json_object_get_member (places[i], "limits");

        if (!JSON_NODE_HOLDS_OBJECT (node))
          return yj_reader_wrong (error, source->path, "“limits” is no object");
        objects[i] = json_node_get_object (node);
      }

  return (objects[0] == NULL || read_limits_of (objects[0], NULL, source, parts, error)) &&
         (objects[1] == NULL || read_limits_of (objects[1], objects[0], source, parts, error));
}

/* A word for all prompts, or one for those in English and one for those in Chinese. */
static gboolean
read_pattern (JsonObject *object,
              const char *path,
              const char *kind,
              char      **pattern,
              char      **chinese,
              GError    **error)
{
  JsonNode *node = json_object_get_member (object, kind);
  g_autofree char *inner = g_strdup_printf ("%s.%s", path, kind);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return yj_reader_text (object, path, kind, FALSE, pattern, error);

  return yj_reader_known_members (json_node_get_object (node), inner, (const char * const[]) { "en", "zh", NULL }, error) &&
         yj_reader_text (json_node_get_object (node), inner, "en", TRUE, pattern, error) &&
         yj_reader_text (json_node_get_object (node), inner, "zh", TRUE, chinese, error);
}

static gboolean
read_surprise (JsonObject *object,
               const char *path,
               GPtrArray  *surprises,
               GError    **error)
{
  YjSurprise *surprise = g_new0 (YjSurprise, 1);

  g_ptr_array_add (surprises, surprise);
  return yj_reader_known_members (object, path, (const char * const[]) { "id", "text", "source", NULL }, error) &&
         yj_reader_text (object, path, "id", TRUE, &surprise->id, error) &&
         yj_reader_text (object, path, "text", TRUE, &surprise->text, error) &&
         yj_reader_text (object, path, "source", TRUE, &surprise->source, error);
}

static gboolean
read_advice (const Source *source,
             YjModelParts *parts,
             GError      **error)
{
  JsonNode *node = source_get (source, "advice");
  JsonObject *place;

  if (node == NULL)
    return TRUE;
  place = yj_reader_is_null (source->entry, "advice") ? source->form : source->entry;

  return read_pattern (place, source->path, "advice", &parts->advice, &parts->advice_zh, error);
}

static gboolean
read_mention (const Source *source,
              YjModelParts *parts,
              GError      **error)
{
  static const char * const known[] = { "image", "video", "audio", "counting", "source", NULL };
  JsonNode *node = source_get (source, "mention");
  g_autofree char *path = g_strdup_printf ("%s.mention", source->path), *counting = NULL;
  JsonObject *object;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return yj_reader_wrong (error, path, "this is no object");

  object = json_node_get_object (node);
  if (!yj_reader_known_members (object, path, known, error) ||
      !read_pattern (object, path, "image", &parts->mentions[YJ_MEDIA_KIND_IMAGE], &parts->mentions_zh[YJ_MEDIA_KIND_IMAGE], error) ||
      !read_pattern (object, path, "video", &parts->mentions[YJ_MEDIA_KIND_VIDEO], &parts->mentions_zh[YJ_MEDIA_KIND_VIDEO], error) ||
      !read_pattern (object, path, "audio", &parts->mentions[YJ_MEDIA_KIND_AUDIO], &parts->mentions_zh[YJ_MEDIA_KIND_AUDIO], error) ||
      !yj_reader_text (object, path, "counting", TRUE, &counting, error))
    return FALSE;
  if (g_str_equal (counting, "shared"))
    parts->counting = YJ_COUNTING_SHARED;
  else if (g_str_equal (counting, "named"))
    parts->counting = YJ_COUNTING_NAMED;
  else if (!g_str_equal (counting, "per-kind"))
    return yj_reader_wrong (error, path, "“counting” is “per-kind”, “shared” or “named”");

  return TRUE;
}

/* Who documents something that is so or not. */
static gboolean
read_source (const Source *source,
             const char   *member,
             char        **text,
             GError      **error)
{
  JsonObject *place = yj_reader_is_null (source->entry, member) && source->form != NULL ? source->form : source->entry;

  return yj_reader_text (place, source->path, member, FALSE, text, error);
}

/* Of names by language the English one. */
static gboolean
read_provider_key (const Source *source,
                   YjModelParts *parts,
                   GError      **error)
{
  JsonNode *node = json_object_get_member (source->entry, "provider");

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      parts->provider_key = g_strdup (parts->provider);
      return TRUE;
    }

  return yj_reader_text (json_node_get_object (node), source->path, "en", TRUE, &parts->provider_key, error);
}

static gboolean
read_head (const Source *source,
           YjModelParts *parts,
           GError      **error)
{
  static const char * const known[] = { "id", "mode", "name", "title", "provider", "llmid", "form", "note", "sends_model",
                                        "parameters", "slots", "limits", "rules", "surprises", "mention", "speech", "advice",
                                        "first_frame_sets_ratio", "last_frame_cropped", NULL };
  static const char * const known_form[] = { "sends_model", "parameters", "slots", "limits", "rules", "surprises", "mention", "speech", "advice",
                                             "first_frame_sets_ratio", "last_frame_cropped", NULL };
  g_autofree char *mode = NULL;
  JsonObject *entry = source->entry;

  if (!yj_reader_known_members (entry, source->path, known, error) ||
      (source->form != NULL && !yj_reader_known_members (source->form, source->path, known_form, error)) ||
      !yj_reader_text (entry, source->path, "id", TRUE, &parts->id, error) ||
      !yj_reader_text (entry, source->path, "mode", TRUE, &mode, error) ||
      !yj_reader_text (entry, source->path, "name", TRUE, &parts->name, error) ||
      !yj_reader_text (entry, source->path, "title", FALSE, &parts->title, error) ||
      !yj_reader_text (entry, source->path, "provider", FALSE, &parts->provider, error) ||
      !read_provider_key (source, parts, error) ||
      !yj_reader_text (entry, source->path, "llmid", FALSE, &parts->llmid, error) ||
      !yj_reader_text (entry, source->path, "note", FALSE, &parts->note, error) ||
      !yj_reader_boolean (source->form != NULL ? source->form : entry, source->path, "sends_model", &parts->sends_model, error) ||
      !yj_reader_boolean (entry, source->path, "sends_model", &parts->sends_model, error))
    return FALSE;
  if (!yj_mode_from_string (mode, &parts->mode))
    return yj_reader_wrong (error, source->path, "“%s” is no mode: it is “t2v”, “i2v” or “r2v”", mode);
  if (parts->title == NULL)
    parts->title = g_strdup (parts->name);

  return TRUE;
}

YjModel *
yj_model_new_from_json (JsonObject  *entry,
                        JsonObject  *form,
                        const char  *path,
                        GError     **error)
{
  Source source = { entry, form, path };
  YjModelParts parts = {
    .parameters = g_list_store_new (YJ_TYPE_PARAMETER),
    .slots = g_list_store_new (YJ_TYPE_SLOT),
    .limits = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_limit_free),
    .rules = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_rule_free),
    .surprises = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_surprise_free),
  };
  YjModel *model = NULL;

  if (read_head (&source, &parts, error) &&
      read_list (&source, "parameters", (ReadItem) read_parameter, parts.parameters, error) &&
      read_list (&source, "slots", (ReadItem) read_slot, parts.slots, error) &&
      read_list (&source, "rules", (ReadItem) yj_read_rule, parts.rules, error) &&
      read_list (&source, "surprises", (ReadItem) read_surprise, parts.surprises, error) &&
      read_limits (&source, &parts, error) &&
      read_mention (&source, &parts, error) &&
      read_source (&source, "speech", &parts.speech, error) &&
      read_source (&source, "first_frame_sets_ratio", &parts.first_frame_sets_ratio, error) &&
      read_source (&source, "last_frame_cropped", &parts.last_frame_cropped, error) &&
      read_advice (&source, &parts, error))
    model = yj_model_new_from_parts (&parts);

  yj_model_parts_clear (&parts);
  return model;
}
