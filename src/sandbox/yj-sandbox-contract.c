/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-contract.h"

/*
 * Holds a submission against the catalogue. The form does not say which mode it means, and one llmid may stand for
 * several models: all that it may mean are tried, and what is wrong is said of the one that comes nearest.
 */

#define MAX_SECONDS 60

/* An unknown name weighs most: it says that another model was meant. */
#define UNKNOWN 4
#define WRONG 1

typedef struct
{
  YjModel *model;
  guint    errors;              /* weighed */
  guint    heaviest;
  char    *message;             /* of the heaviest error, the first of its weight */
} Candidate;

G_GNUC_PRINTF (3, 4) static void
blame (Candidate  *self,
       guint       weight,
       const char *format,
       ...)
{
  va_list args;

  self->errors += weight;
  if (weight <= self->heaviest)
    return;
  self->heaviest = weight;
  g_free (self->message);
  va_start (args, format);
  self->message = g_strdup_vprintf (format, args);
  va_end (args);
}

/**
 * yj_sandbox_parse_mode:
 * @catalogue: (nullable): a catalogue id, or its Chinese name
 * @mode: (out): the mode
 *
 * Returns: whether @catalogue is one of the video modes
 */
gboolean
yj_sandbox_parse_mode (const char *catalogue,
                       YjMode     *mode)
{
  static const char * const names[] = { "文生视频", "图生视频", "参考生视频" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (catalogue, names[i]) == 0)
      {
        *mode = (YjMode) i;
        return TRUE;
      }
  if (g_strcmp0 (catalogue, "ref2v") == 0)
    catalogue = "r2v";

  return yj_mode_from_string (catalogue, mode);
}

static YjSlot *
find_slot (YjModel    *model,
           const char *field)
{
  GListModel *slots = yj_model_get_slots (model);

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      if (g_strcmp0 (yj_slot_get_field (slot), field) == 0)
        return slot;
    }

  return NULL;
}

/* By the exact wire name only. */
static YjParameter *
find_parameter (YjModel    *model,
                const char *name)
{
  GListModel *parameters = yj_model_get_parameters (model);

  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);

      if (g_strcmp0 (yj_parameter_get_name (parameter), name) == 0)
        return parameter;
    }

  return NULL;
}

static guint
count_fields (YjSandboxForm *form,
              const char    *name)
{
  GPtrArray *fields = yj_sandbox_form_get_fields (form);
  guint n = 0;

  for (guint i = 0; i < fields->len; i++)
    n += g_strcmp0 (((YjSandboxField *) g_ptr_array_index (fields, i))->name, name) == 0;

  return n;
}

/* ---- one candidate */

static void
check_integer (Candidate      *self,
               YjParameter    *parameter,
               YjSandboxField *field,
               gboolean        json)
{
  gint64 value, minimum = 1, maximum = MAX_SECONDS;
  char *end = NULL;

  if (json && !field->is_number)
    {
      blame (self, WRONG, "Parameter %s must be a JSON number", field->name);
      return;
    }
  value = g_ascii_strtoll (field->text, &end, 10);
  if (*end != '\0' || end == field->text)
    {
      blame (self, WRONG, "Parameter %s must be a whole number", field->name);
      return;
    }
  if (yj_parameter_get_range (parameter, &minimum, &maximum) || yj_parameter_get_allowed (parameter) == NULL)
    if (value < minimum || value > maximum)
      blame (self, WRONG, "Value not allowed: %s=%s", field->name, field->text);
}

static void
check_parameter (Candidate      *self,
                 YjParameter    *parameter,
                 YjSandboxField *field,
                 gboolean        json)
{
  const char * const *allowed = yj_parameter_get_allowed (parameter);

  if (field->text == NULL)
    {
      blame (self, WRONG, "Parameter %s must be text, not a file", field->name);
      return;
    }
  if (yj_parameter_get_value_type (parameter) == YJ_PARAMETER_INTEGER)
    check_integer (self, parameter, field, json);
  else if (field->is_number || field->is_other)
    blame (self, WRONG, "Parameter %s must be a JSON string", field->name);
  else if (yj_parameter_get_value_type (parameter) == YJ_PARAMETER_SWITCH &&
           g_strcmp0 (field->text, "Y") != 0 && g_strcmp0 (field->text, "N") != 0)
    blame (self, WRONG, "Value not allowed: %s=%s", field->name, field->text);
  if (allowed != NULL && !g_strv_contains (allowed, field->text))
    blame (self, WRONG, "Value not allowed: %s=%s", field->name, field->text);
}

static void
check_slot_field (Candidate      *self,
                  YjSlot         *slot,
                  YjSandboxField *field)
{
  if (field->path != NULL)
    return;
  if (!g_str_has_prefix (yj_slot_get_wire_type (slot), "string"))
    blame (self, WRONG, "Parameter %s must be a file", field->name);
  else if (field->is_number || field->is_other ||
           !(g_str_has_prefix (field->text, "data:") || g_str_has_prefix (field->text, "http://") ||
             g_str_has_prefix (field->text, "https://")))
    blame (self, WRONG, "Parameter %s must be a file, an http(s) URL or a data: URI", field->name);
}

static void
check_field (Candidate      *self,
             YjSandboxForm  *form,
             YjSandboxField *field,
             gboolean        by_name)
{
  YjParameter *parameter = find_parameter (self->model, field->name);
  YjSlot *slot = find_slot (self->model, field->name);

  if (slot != NULL)
    {
      check_slot_field (self, slot, field);
      return;
    }
  if (count_fields (form, field->name) > 1)
    blame (self, WRONG, "Parameter %s is given more than once", field->name);
  if (parameter != NULL)
    check_parameter (self, parameter, field, yj_sandbox_form_is_json (form));
  else if (g_strcmp0 (field->name, "model") == 0 && (by_name || yj_model_get_sends_model (self->model)))
    {
      if (g_strcmp0 (field->text, yj_model_get_name (self->model)) != 0)
        blame (self, WRONG, "Value not allowed: model=%s", field->text != NULL ? field->text : "(a file)");
    }
  else if (!g_str_equal (field->name, "prompt") && !g_str_equal (field->name, by_name ? "catelogid" : "llmid") &&
           !g_str_equal (field->name, "llmcatelogid"))
    blame (self, UNKNOWN, "Unknown parameter: %s", field->name);
  else if (field->text == NULL || field->is_number || field->is_other)
    blame (self, WRONG, "Parameter %s must be a string", field->name);
}

static void
check_counts (Candidate     *self,
              YjSandboxForm *form)
{
  GListModel *slots = yj_model_get_slots (self->model);
  GListModel *parameters = yj_model_get_parameters (self->model);

  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);

      if (yj_parameter_get_required (parameter) && count_fields (form, yj_parameter_get_name (parameter)) == 0)
        blame (self, WRONG, "Missing required parameter: %s", yj_parameter_get_name (parameter));
    }
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      guint n = count_fields (form, yj_slot_get_field (slot));

      if (n < yj_slot_get_minimum (slot))
        blame (self, WRONG, "Missing required parameter: %s", yj_slot_get_field (slot));
      if (yj_slot_get_maximum (slot) > 0 && n > yj_slot_get_maximum (slot))
        blame (self, WRONG, "Too many files: %s takes at most %u", yj_slot_get_field (slot), yj_slot_get_maximum (slot));
    }
}

/* ---- which candidates there are */

/* Whether the form fills any of the model's slots: only so is a model known whose llmid the document lost. */
static gboolean
fills_slot (YjModel       *model,
            YjSandboxForm *form)
{
  GPtrArray *fields = yj_sandbox_form_get_fields (form);

  for (guint i = 0; i < fields->len; i++)
    if (find_slot (model, ((YjSandboxField *) g_ptr_array_index (fields, i))->name) != NULL)
      return TRUE;

  return FALSE;
}

/* Whether another model of the mode has this llmid. */
static gboolean
is_taken (YjCatalog  *catalog,
          YjMode      mode,
          const char *llmid)
{
  YjModel *model = yj_catalog_find (catalog, mode, llmid);

  return model != NULL && g_strcmp0 (yj_model_get_llmid (model), llmid) == 0;
}

static gboolean
may_mean (YjCatalog     *catalog,
          YjModel       *model,
          YjSandboxForm *form,
          gboolean       by_name)
{
  const char *llmid = yj_sandbox_form_get_text (form, "llmid");
  const char *catalogue = yj_sandbox_form_get_text (form, by_name ? "catelogid" : "llmcatelogid");
  YjMode mode;

  if (yj_sandbox_parse_mode (catalogue, &mode) && mode != yj_model_get_mode (model))
    return FALSE;
  if (by_name)
    return g_strcmp0 (yj_sandbox_form_get_text (form, "model"), yj_model_get_name (model)) == 0;
  if (yj_model_get_llmid (model) != NULL)
    return g_strcmp0 (yj_model_get_llmid (model), llmid) == 0;

  return fills_slot (model, form) && !is_taken (catalog, yj_model_get_mode (model), llmid);
}

/* What is wrong whatever the model is. */
static char *
check_form (YjSandboxForm *form,
            gboolean       by_name)
{
  GPtrArray *fields = yj_sandbox_form_get_fields (form);
  const char * const required[] = { by_name ? "model" : "llmid", by_name ? "catelogid" : "prompt", "prompt" };
  YjMode mode;

  for (guint i = 0; i < fields->len; i++)
    {
      YjSandboxField *field = g_ptr_array_index (fields, i);

      if (strpbrk (field->name, "[]") != NULL)
        return g_strdup_printf ("Unknown parameter: %s (a list repeats the plain name)", field->name);
      if (field->text != NULL && *field->text == '\0')
        return g_strdup_printf ("Empty field: %s", field->name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    if (yj_sandbox_form_get_text (form, required[i]) == NULL)
      return g_strdup_printf ("Missing required parameter: %s", required[i]);
  if (by_name && !yj_sandbox_parse_mode (yj_sandbox_form_get_text (form, "catelogid"), &mode))
    return g_strdup_printf ("Unknown catelogid: %s", yj_sandbox_form_get_text (form, "catelogid"));

  return NULL;
}

/* The value of a parameter by its meaning: what was sent, else the default. */
static const char *
get_value (YjModel       *model,
           YjSandboxForm *form,
           const char    *meaning)
{
  YjParameter *parameter = yj_model_find_parameter (model, meaning);
  const char *value;

  if (parameter == NULL)
    return NULL;
  value = yj_sandbox_form_get_text (form, yj_parameter_get_name (parameter));

  return value != NULL ? value : yj_parameter_get_default (parameter);
}

static YjSandboxOrder *
make_order (YjModel       *model,
            YjSandboxForm *form)
{
  YjSandboxOrder *self = g_new0 (YjSandboxOrder, 1);
  GPtrArray *fields = yj_sandbox_form_get_fields (form);
  const char *duration = get_value (model, form, "duration");

  self->model = model;
  self->spec = yj_render_spec_new ();
  self->spec->mode = yj_model_get_mode (model);
  self->spec->prompt = g_strdup (yj_sandbox_form_get_text (form, "prompt"));
  self->spec->ratio = g_strdup (get_value (model, form, "ratio"));
  self->spec->resolution = g_strdup (get_value (model, form, "resolution"));
  self->spec->size = g_strdup (get_value (model, form, "size"));
  self->spec->duration = duration != NULL ? atoi (duration) : 5;
  self->off_peak = g_strcmp0 (get_value (model, form, "off-peak"), "Y") == 0;
  for (guint i = 0; i < fields->len; i++)
    {
      YjSandboxField *field = g_ptr_array_index (fields, i);
      YjSlot *slot = find_slot (model, field->name);

      if (slot != NULL)
        yj_render_spec_add_input (self->spec, yj_slot_get_role (slot), field->path != NULL ? field->path : field->text);
    }

  return self;
}

/**
 * yj_sandbox_order_new:
 * @catalog: the models
 * @form: what was sent
 * @by_name: whether the model is named by `model` and `catelogid` instead of `llmid`
 * @message: (out) (transfer full): what is wrong
 *
 * Returns: (transfer full): what is to be made, or %NULL
 */
YjSandboxOrder *
yj_sandbox_order_new (YjCatalog      *catalog,
                      YjSandboxForm  *form,
                      gboolean        by_name,
                      char          **message)
{
  GPtrArray *fields = yj_sandbox_form_get_fields (form);
  Candidate best = { NULL };

  *message = check_form (form, by_name);
  if (*message != NULL)
    return NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      Candidate candidate = { model };

      if (!may_mean (catalog, model, form, by_name))
        continue;
      for (guint j = 0; j < fields->len; j++)
        check_field (&candidate, form, g_ptr_array_index (fields, j), by_name);
      check_counts (&candidate, form);
      if (best.model == NULL || candidate.errors < best.errors)
        {
          g_free (best.message);
          best = candidate;
        }
      else
        g_free (candidate.message);
    }

  if (best.model == NULL)
    *message = g_strdup_printf (by_name ? "Unknown model: %s" : "Unknown llmid: %s",
                                yj_sandbox_form_get_text (form, by_name ? "model" : "llmid"));
  else
    *message = best.message;

  return *message == NULL ? make_order (best.model, form) : NULL;
}

/**
 * yj_sandbox_order_free:
 * @self: (transfer full): an order
 */
void
yj_sandbox_order_free (YjSandboxOrder *self)
{
  g_clear_pointer (&self->spec, yj_render_spec_free);
  g_free (self);
}
