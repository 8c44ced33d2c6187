/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli.h"

#include <glib/gi18n-lib.h>

/* ---------------------------------------------------------------- as JSON */

static void
add_parameters (JsonBuilder *builder,
                YjModel     *model)
{
  GListModel *parameters = yj_model_get_parameters (model);

  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);
      const char * const *allowed = yj_parameter_get_allowed (parameter);
      gint64 minimum, maximum;

      json_builder_begin_object (builder);
      yj_cli_add_string (builder, "name", yj_parameter_get_name (parameter));
      yj_cli_add_string (builder, "default", yj_parameter_get_default (parameter));
      if (allowed != NULL)
        {
          json_builder_set_member_name (builder, "allowed");
          json_builder_begin_array (builder);
          for (guint j = 0; allowed[j] != NULL; j++)
            json_builder_add_string_value (builder, allowed[j]);
          json_builder_end_array (builder);
        }
      if (yj_parameter_get_range (parameter, &minimum, &maximum))
        {
          yj_cli_add_int (builder, "minimum", minimum);
          yj_cli_add_int (builder, "maximum", maximum);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_slots (JsonBuilder *builder,
           YjModel     *model)
{
  GListModel *slots = yj_model_get_slots (model);

  json_builder_set_member_name (builder, "slots");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      json_builder_begin_object (builder);
      yj_cli_add_string (builder, "name", yj_slot_get_field (slot));
      yj_cli_add_int (builder, "minimum", yj_slot_get_minimum (slot));
      yj_cli_add_int (builder, "maximum", yj_slot_get_maximum (slot) > 0 ? (gint64) yj_slot_get_maximum (slot) : -1);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (YjModel  *model,
            gboolean  is_default)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  yj_cli_add_string (builder, "mode", yj_mode_to_string (yj_model_get_mode (model)));
  yj_cli_add_string (builder, "model", yj_model_get_name (model));
  yj_cli_add_string (builder, "llmid", yj_model_get_llmid (model));
  yj_cli_add_string (builder, "title", yj_model_get_title (model));
  yj_cli_add_string (builder, "provider", yj_model_get_provider (model));
  json_builder_set_member_name (builder, "default");
  json_builder_add_boolean_value (builder, is_default);
  add_parameters (builder, model);
  add_slots (builder, model);
  json_builder_end_object (builder);
  yj_cli_print_json (builder);
}

static void
print_chat_json (const char *name,
                 gboolean    is_default)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  yj_cli_add_string (builder, "mode", "chat");
  yj_cli_add_string (builder, "model", name);
  json_builder_set_member_name (builder, "default");
  json_builder_add_boolean_value (builder, is_default);
  json_builder_end_object (builder);
  yj_cli_print_json (builder);
}

/* ---------------------------------------------------------------- for people */

static void
print_parameter (YjParameter *parameter)
{
  const char * const *allowed = yj_parameter_get_allowed (parameter);
  const char *fallback = yj_parameter_get_default (parameter);
  g_autoptr(GString) line = g_string_new (NULL);
  gint64 minimum, maximum;

  g_string_append_printf (line, "       %s=", yj_parameter_get_name (parameter));
  for (guint i = 0; allowed != NULL && allowed[i] != NULL; i++)
    g_string_append_printf (line, "%s%s%s", i > 0 ? " | " : "", allowed[i], g_strcmp0 (allowed[i], fallback) == 0 ? "*" : "");
  if (allowed == NULL && yj_parameter_get_range (parameter, &minimum, &maximum))
    g_string_append_printf (line, "%" G_GINT64_FORMAT "…%" G_GINT64_FORMAT, minimum, maximum);
  if (allowed == NULL && fallback != NULL && *fallback != '\0')
    g_string_append_printf (line, " (%s*)", fallback);
  yj_cli_print ("%s\n", line->str);
}

static const char *
get_option (YjSlotRole role)
{
  switch (role)
    {
    case YJ_SLOT_FIRST_FRAME:
      return "--first-frame";
    case YJ_SLOT_LAST_FRAME:
      return "--last-frame";
    case YJ_SLOT_REFERENCE_IMAGES:
      return "--image";
    case YJ_SLOT_REFERENCE_VIDEOS:
      return "--video";
    case YJ_SLOT_REFERENCE_AUDIO:
      return "--audio";
    default:
      g_return_val_if_reached ("");
    }
}

static void
print_text (YjModel  *model,
            gboolean  is_default)
{
  const char *llmid = yj_model_get_llmid (model);
  GListModel *parameters = yj_model_get_parameters (model), *slots = yj_model_get_slots (model);

  yj_cli_print ("%-5s%s%s  %s  %s\n", yj_mode_to_string (yj_model_get_mode (model)), yj_model_get_name (model),
                is_default ? "*" : "", llmid != NULL ? llmid : _("(llmid unknown: --set llmid=…)"),
                yj_model_get_provider (model) != NULL ? yj_model_get_provider (model) : "");
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      guint maximum = yj_slot_get_maximum (slot);

      yj_cli_print ("       %s", get_option (yj_slot_get_role (slot)));
      if (maximum == 0)
        yj_cli_print ("  %u…\n", yj_slot_get_minimum (slot));
      else
        yj_cli_print ("  %u…%u\n", yj_slot_get_minimum (slot), maximum);
    }
  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);

      print_parameter (parameter);
    }
}

/* ---------------------------------------------------------------- the command */

/* The shipped catalogue with the person's own file over it; a broken one is said and left out. */
static YjCatalog *
load_catalog (void)
{
  YjCatalog *catalog = yj_catalog_new ();
  g_autoptr(GFile) overlay = yj_session_new_overlay_file ();
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  gsize length;

  if (g_file_load_contents (overlay, NULL, &json, &length, NULL, &error))
    yj_catalog_overlay (catalog, json, (gssize) length, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    yj_cli_say (_("Your own models.json is not used: %s"), error->message);
  return catalog;
}

static void
print_chat_models (YjCli     *cli,
                   YjCatalog *catalog)
{
  const char * const *names = yj_catalog_get_chat_models (catalog);

  for (guint i = 0; names[i] != NULL; i++)
    if (cli->json)
      print_chat_json (names[i], i == 0);
    else
      yj_cli_print ("%-5s%s%s\n", "chat", names[i], i == 0 ? "*" : "");
}

/**
 * yj_cli_models:
 * @cli: the program
 * @argc: number of arguments
 * @argv: `models` and its options
 *
 * Prints the models of the catalogue with what they take; without a mode, also those known for chat. The default of
 * each mode and parameter has an asterisk.
 *
 * Returns: the exit status
 */
int
yj_cli_models (YjCli  *cli,
               int     argc,
               char  **argv)
{
  g_autofree char *mode_name = NULL;
  g_autoptr(YjCatalog) catalog = NULL;
  const GOptionEntry entries[] = {
    { "mode", 0, 0, G_OPTION_ARG_FILENAME, &mode_name, N_("Only those for t2v, i2v or r2v"), N_("MODE") },
    { NULL }
  };
  YjMode mode = YJ_MODE_TEXT_TO_VIDEO;
  int status;

  if (!yj_cli_parse (cli, &argc, &argv, entries, NULL, _("Lists the models and what they take; * is the default."), &status))
    return status;
  if (argc > 1)
    return yj_cli_misused (_("“models” takes nothing but options."));
  if (mode_name != NULL && !yj_mode_from_string (mode_name, &mode))
    return yj_cli_misused (_("The mode is one of t2v, i2v and r2v."));

  catalog = load_catalog ();
  if (mode_name == NULL)
    print_chat_models (cli, catalog);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      gboolean is_default = yj_catalog_get_default (catalog, yj_model_get_mode (model)) == model;

      if (mode_name != NULL && yj_model_get_mode (model) != mode)
        continue;
      if (cli->json)
        print_json (model, is_default);
      else
        print_text (model, is_default);
    }
  return YJ_EXIT_DONE;
}
