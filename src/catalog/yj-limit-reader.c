/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the limits of a model and the rules between its slots. Every error names its place. */
#include "yj-limit-private.h"
#include "yj-reader-private.h"

static const struct { const char *name; YjLimitUnit unit; } text_units[] = {
  { "characters", YJ_LIMIT_CHARACTERS }, { "han", YJ_LIMIT_HAN }, { "words", YJ_LIMIT_WORDS },
}, slot_units[] = {
  { "count", YJ_LIMIT_COUNT }, { "types", YJ_LIMIT_TYPES }, { "bytes", YJ_LIMIT_BYTES }, { "side", YJ_LIMIT_SIDE },
  { "total_bytes", YJ_LIMIT_TOTAL_BYTES }, { "video_codec", YJ_LIMIT_VIDEO_CODEC }, { "audio_codec", YJ_LIMIT_AUDIO_CODEC },
  { "short_side", YJ_LIMIT_SHORT_SIDE }, { "pixels", YJ_LIMIT_PIXELS }, { "ratio", YJ_LIMIT_RATIO },
  { "opaque", YJ_LIMIT_OPAQUE }, { "frame_rate", YJ_LIMIT_FRAME_RATE }, { "duration", YJ_LIMIT_DURATION }, { "total_duration", YJ_LIMIT_TOTAL_DURATION },
};

static gboolean
read_bounds (JsonObject *object,
             const char *path,
             YjBounds   *bounds,
             GError    **error)
{
  return yj_reader_known_members (object, path, (const char * const[]) { "minimum", "maximum", NULL }, error) &&
         yj_reader_number (object, path, "minimum", &bounds->minimum, error) &&
         yj_reader_number (object, path, "maximum", &bounds->maximum, error);
}

/* One of the two figures: bounds, or a list of values. The strictest starts as a copy of the loosest. */
static gboolean
read_figure (JsonObject *object,
             const char *path,
             const char *member,
             gboolean    is_list,
             YjBounds   *bounds,
             char     ***values,
             GError    **error)
{
  g_autofree char *inner = g_strdup_printf ("%s.%s", path, member);
  JsonNode *node;

  if (yj_reader_is_null (object, member))
    return TRUE;
  if (is_list)
    return yj_reader_values (object, path, member, values, error);

  node = json_object_get_member (object, member);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return yj_reader_wrong (error, path, "“%s” is no object", member);

  return read_bounds (json_node_get_object (node), inner, bounds, error);
}

/* {"resolution": ["480p", "720p"]}: the one parameter on which it depends, and with which values it holds. */
static gboolean
read_when (JsonObject *object,
           const char *path,
           YjLimit    *limit,
           GError    **error)
{
  g_autofree char *inner = g_strdup_printf ("%s.when", path);
  JsonNode *node = json_object_get_member (object, "when");
  g_autoptr(GList) members = NULL;

  if (yj_reader_is_null (object, "when"))
    return TRUE;
  if (limit->subject != NULL)
    return yj_reader_wrong (error, path, "“when” is for the limits of files");
  if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_get_size (json_node_get_object (node)) != 1)
    return yj_reader_wrong (error, path, "“when” is an object with one parameter");

  members = json_object_get_members (json_node_get_object (node));
  limit->when = g_strdup (members->data);
  return yj_reader_values (json_node_get_object (node), inner, limit->when, &limit->when_values, error);
}

gboolean
yj_read_limit (GPtrArray    *limits,
               JsonNode     *node,
               const char   *path,
               const char   *subject,
               YjLimitUnit   unit,
               GError      **error)
{
  gboolean is_list = unit == YJ_LIMIT_VALUES || unit == YJ_LIMIT_TYPES || unit == YJ_LIMIT_VIDEO_CODEC ||
                     unit == YJ_LIMIT_AUDIO_CODEC || unit == YJ_LIMIT_OPAQUE;
  JsonObject *object;
  YjLimit *limit;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return yj_reader_wrong (error, path, "a limit is an object with “loosest”, “strictest” and “source”");

  object = json_node_get_object (node);
  limit = g_new0 (YjLimit, 1);
  g_ptr_array_add (limits, limit);
  limit->subject = g_strdup (subject);
  limit->unit = unit;
  limit->loosest = (YjBounds) { -G_MAXDOUBLE, G_MAXDOUBLE };
  if (!yj_reader_known_members (object, path, (const char * const[]) { "loosest", "strictest", "when", "cut", "source", NULL }, error) ||
      !yj_reader_text (object, path, "source", TRUE, &limit->source, error) ||
      !yj_reader_boolean (object, path, "cut", &limit->cut, error) ||
      !read_when (object, path, limit, error) ||
      !read_figure (object, path, "loosest", is_list, &limit->loosest, &limit->loosest_values, error))
    return FALSE;

  limit->strictest = limit->loosest;
  return read_figure (object, path, "strictest", is_list, &limit->strictest, &limit->strictest_values, error);
}

/* The limits of a text: an object of limits by what they count. */
gboolean
yj_read_text_limits (GPtrArray   *limits,
                     JsonNode    *node,
                     const char  *path,
                     const char  *subject,
                     GError     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *child;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return yj_reader_wrong (error, path, "this is no object");

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &child))
    {
      g_autofree char *inner = g_strdup_printf ("%s.%s", path, name);
      guint i;

      for (i = 0; i < G_N_ELEMENTS (text_units); i++)
        if (g_str_equal (name, text_units[i].name))
          break;
      if (i == G_N_ELEMENTS (text_units))
        return yj_reader_wrong (error, path, "“%s” is no way to count a text", name);
      if (!yj_read_limit (limits, child, inner, subject, text_units[i].unit, error))
        return FALSE;
    }

  return TRUE;
}

/* One limit, or a list of them, of which each may hold for other values of a parameter. */
static gboolean
read_slot_limit (GPtrArray    *limits,
                 JsonNode     *node,
                 const char   *path,
                 YjLimitUnit   unit,
                 GError      **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return yj_read_limit (limits, node, path, NULL, unit, error);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);

      if (!yj_read_limit (limits, json_array_get_element (array, i), inner, NULL, unit, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
yj_read_slot_limits (JsonObject  *object,
                     const char  *path,
                     GPtrArray   *limits,
                     GError     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *child;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &child))
    {
      g_autofree char *inner = g_strdup_printf ("%s.%s", path, name);
      guint i;

      for (i = 0; i < G_N_ELEMENTS (slot_units); i++)
        if (g_str_equal (name, slot_units[i].name))
          break;
      if (i == G_N_ELEMENTS (slot_units))
        return yj_reader_wrong (error, path, "“%s” is no limit of a file", name);
      if (!read_slot_limit (limits, child, inner, slot_units[i].unit, error))
        return FALSE;
    }

  return TRUE;
}

/* ---- rules between slots */
static gboolean
add_role (YjRule      *rule,
          const char  *path,
          const char  *name,
          guint        group,
          GError     **error)
{
  YjSlotRole role;

  if (!yj_slot_role_from_string (name, &role))
    return yj_reader_wrong (error, path, "“%s” is no role of a slot", name);

  g_array_append_val (rule->roles, role);
  g_array_append_val (rule->groups, group);
  return TRUE;
}

static gboolean
add_roles (YjRule      *rule,
           JsonObject  *object,
           const char  *path,
           const char  *member,
           guint        group,
           GError     **error)
{
  g_auto(GStrv) names = NULL;

  if (!yj_reader_values (object, path, member, &names, error))
    return FALSE;
  if (names == NULL || names[0] == NULL)
    return yj_reader_wrong (error, path, "“%s” is missing", member);

  for (guint i = 0; names[i] != NULL; i++)
    if (!add_role (rule, path, names[i], group, error))
      return FALSE;

  return TRUE;
}

/* Each of the lists in @groups, of which only one may be filled. */
static gboolean
read_groups (YjRule      *rule,
             JsonObject  *object,
             const char  *path,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, "groups");
  JsonArray *groups = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (groups == NULL || json_array_get_length (groups) < 2)
    return yj_reader_wrong (error, path, "“groups” is a list of at least two lists of slots");

  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s.groups[%u]", path, i);
      g_autoptr(JsonObject) group = json_object_new ();

      json_object_set_member (group, "slots", json_node_copy (json_array_get_element (groups, i)));
      if (!add_roles (rule, group, inner, "slots", i, error))
        return FALSE;
    }

  return TRUE;
}

/* The totals of several slots: plain numbers, as there is only ever a maximum. */
static gboolean
read_total (YjRule      *rule,
            JsonObject  *object,
            const char  *path,
            GError     **error)
{
  double loosest = G_MAXDOUBLE, strictest = G_MAXDOUBLE;

  if (!yj_reader_number (object, path, "loosest", &loosest, error) ||
      !yj_reader_number (object, path, "strictest", &strictest, error))
    return FALSE;
  if (MIN (loosest, strictest) >= G_MAXDOUBLE)
    return yj_reader_wrong (error, path, "“loosest” is missing");
  if (loosest < 1 || strictest < 1)
    return yj_reader_wrong (error, path, "a total is at least 1");

  rule->limit.unit = rule->kind == YJ_RULE_TOTAL_BYTES ? YJ_LIMIT_TOTAL_BYTES : YJ_LIMIT_COUNT;
  rule->limit.loosest = (YjBounds) { -G_MAXDOUBLE, loosest };
  rule->limit.strictest = (YjBounds) { -G_MAXDOUBLE, MIN (loosest, strictest) };
  return add_roles (rule, object, path, "slots", 0, error);
}

gboolean
yj_read_rule (JsonObject  *object,
              const char  *path,
              GPtrArray   *rules,
              GError     **error)
{
  static const char * const known[] = { "kind", "slot", "slots", "companions", "groups", "loosest", "strictest", "source", NULL };
  static const char * const kinds[] = { "total-files", "total-bytes", "needs-companion", "exclusive", NULL };
  g_autofree char *kind = NULL, *slot = NULL;
  YjRule *rule = g_new0 (YjRule, 1);

  rule->roles = g_array_new (FALSE, FALSE, sizeof (YjSlotRole));
  rule->groups = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (rules, rule);
  if (!yj_reader_known_members (object, path, known, error) ||
      !yj_reader_text (object, path, "kind", TRUE, &kind, error) ||
      !yj_reader_text (object, path, "source", TRUE, &rule->limit.source, error))
    return FALSE;

  while (kinds[rule->kind] != NULL && !g_str_equal (kinds[rule->kind], kind))
    rule->kind++;
  switch (rule->kind)
    {
    case YJ_RULE_TOTAL_FILES:
    case YJ_RULE_TOTAL_BYTES:
      return read_total (rule, object, path, error);
    case YJ_RULE_NEEDS_COMPANION:
      return yj_reader_text (object, path, "slot", TRUE, &slot, error) && add_role (rule, path, slot, 0, error) &&
             add_roles (rule, object, path, "companions", 0, error);
    case YJ_RULE_EXCLUSIVE:
      return read_groups (rule, object, path, error);
    }

  return yj_reader_wrong (error, path, "“%s” is no kind of rule", kind);
}
