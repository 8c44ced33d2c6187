/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft without its files, to be used again with others. */
#include "yj-draft-private.h"
#include "yj-prompt-text.h"

#include <json-glib/json-glib.h>

/**
 * yj_draft_dup_adopted:
 * @self: a draft
 * @source: a prompt with the mentions of another draft
 *
 * Returns: (transfer full): the same for this draft: mentions of files that it does not have are names, and names and
 *   numbers of files that it has are mentions
 */
char *
yj_draft_dup_adopted (YjDraft    *self,
                      const char *source)
{
  g_autoptr(GPtrArray) pieces = NULL;
  g_autoptr(GString) known = g_string_new (NULL);

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  pieces = yj_prompt_text_split (source);
  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->id != NULL && yj_draft_find_file (self, piece->id, NULL) == NULL)
        g_string_append_printf (known, "@%s", piece->name);
      else
        g_string_append_len (known, piece->text, (gssize) piece->length);
    }

  return yj_draft_dup_bound (self, known->str);
}

/**
 * yj_draft_to_recipe:
 * @self: a draft
 *
 * Returns: (transfer full): as yj_draft_to_json(), with no files
 */
char *
yj_draft_to_recipe (YjDraft *self)
{
  g_autofree char *json = NULL;
  g_autoptr(JsonNode) root = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  json = yj_draft_to_json (self);
  root = json_from_string (json, NULL);
  json_object_set_array_member (json_node_get_object (root), "files", json_array_new ());
  return json_to_string (root, FALSE);
}

/**
 * yj_draft_apply_recipe:
 * @self: a draft
 * @recipe: what yj_draft_to_recipe() gave
 * @find_model: (scope call): finds the model of an id
 * @user_data: for @find_model
 * @error: return location, as yj_draft_new_from_json()
 *
 * Takes model, values and prompt from @recipe. The files stay, or are set aside where its model does not take them.
 *
 * Returns: %FALSE when @recipe cannot be used; nothing is changed then
 */
gboolean
yj_draft_apply_recipe (YjDraft          *self,
                       const char       *recipe,
                       YjFindModelFunc   find_model,
                       gpointer          user_data,
                       GError          **error)
{
  g_autoptr(YjDraft) other = yj_draft_new_from_json (recipe, find_model, user_data, error);
  g_autofree char *prompt = NULL;
  GListModel *parameters;

  if (other == NULL)
    return FALSE;

  yj_draft_set_model (self, yj_draft_get_model (other));
  parameters = yj_model_get_parameters (yj_draft_get_model (other));
  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);

      yj_draft_set_value (self, yj_parameter_get_name (parameter),
                          g_hash_table_lookup (yj_draft_get_values (other), yj_parameter_get_meaning (parameter)));
    }
  prompt = yj_draft_dup_adopted (self, yj_draft_get_prompt_source (other));
  yj_draft_set_prompt_source (self, prompt);
  return TRUE;
}
