/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-lists.h"

#include "yj-sandbox-contract.h"
#include "yj-sandbox-json.h"

#define CREATED 1764547200.0            /* of all models: one moment is as good as another */

typedef void (*AppendFunc) (GString    *json,
                            const char *llmid,
                            const char *name,
                            const char *title);

/* Calls @append for each model of a catalogue; NULL means all of them, as on the platform. */
static char *
list (YjCatalog  *catalog,
      const char *catalogue,
      AppendFunc  append)
{
  GString *json = g_string_new (NULL);
  const char * const *chat = yj_catalog_get_chat_models (catalog);
  YjMode mode = YJ_MODE_TEXT_TO_VIDEO;
  gboolean one = yj_sandbox_parse_mode (catalogue, &mode);

  if (catalogue == NULL || g_str_equal (catalogue, "t2t") || g_str_equal (catalogue, "文生文"))
    for (guint i = 0; chat[i] != NULL; i++)
      {
        g_autofree char *llmid = g_strconcat ("sandbox-t2t-", chat[i], NULL);

        append (json, llmid, chat[i], chat[i]);
      }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      g_autofree char *llmid = g_strdup (yj_model_get_llmid (model));

      if (catalogue != NULL && (!one || yj_model_get_mode (model) != mode))
        continue;
      if (llmid == NULL)
        llmid = g_strdelimit (g_strconcat ("sandbox-", yj_model_get_id (model), NULL), "/ ", '-');
      append (json, llmid, yj_model_get_name (model), yj_model_get_title (model));
    }

  return g_string_free_and_steal (json);
}

static void
append_model (GString    *json,
              const char *llmid,
              const char *name,
              const char *title)
{
  g_string_append (json, json->len > 0 ? ", {\"id\": " : "{\"id\": ");
  yj_sandbox_json_append_string (json, name, FALSE);
  g_string_append_printf (json, ", \"object\": \"model\", \"created\": %.1f, \"owned_by\": \"opencomputing.ai\"}", CREATED);
}

static void
append_row (GString    *json,
            const char *llmid,
            const char *name,
            const char *title)
{
  g_string_append (json, json->len > 0 ? ", {\"id\": " : "{\"id\": ");
  yj_sandbox_json_append_string (json, llmid, FALSE);
  g_string_append (json, ", \"model\": ");
  yj_sandbox_json_append_string (json, name, FALSE);
  g_string_append (json, ", \"name\": ");
  yj_sandbox_json_append_string (json, title, FALSE);
  g_string_append_c (json, '}');
}

/**
 * yj_sandbox_list_models:
 * @catalog: the models
 * @catalogue: (nullable): `t2t`, `t2v`, `i2v`, `r2v` or a Chinese name; %NULL for all
 *
 * Returns: (transfer full): `{"object": "list", "data": […]}`, without llmids, as on the platform
 */
char *
yj_sandbox_list_models (YjCatalog  *catalog,
                        const char *catalogue)
{
  g_autofree char *items = list (catalog, catalogue, append_model);

  return g_strdup_printf ("{\"object\": \"list\", \"data\": [%s]}", items);
}

/**
 * yj_sandbox_list_rows:
 * @catalog: the models
 * @catalogue: (nullable): `t2t`, `t2v`, `i2v`, `r2v` or a Chinese name; %NULL for all
 *
 * Models whose llmid the document lost get one of the sandbox's own, so that they can be completed and used here.
 *
 * Returns: (transfer full): a list of `{"id": LLMID, "model": NAME, "name": TITLE}`
 */
char *
yj_sandbox_list_rows (YjCatalog  *catalog,
                      const char *catalogue)
{
  g_autofree char *items = list (catalog, catalogue, append_row);

  return g_strdup_printf ("[%s]", items);
}
