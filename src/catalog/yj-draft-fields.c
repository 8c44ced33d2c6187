/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft as the fields of the form that is sent. */
#include "yj-draft.h"

static void
emit_text (YjDraftFieldFunc  func,
           gpointer          user_data,
           const char       *name,
           YjParameterType   type,
           const char       *text)
{
  YjDraftField field = { name, type, text, NULL };

  if (text != NULL && *text != '\0')
    func (&field, user_data);
}

/**
 * yj_draft_foreach_field:
 * @self: a draft
 * @func: (scope call): called for each field
 * @user_data: for @func
 *
 * Goes through the form in sending order: `llmid`, `model` when the form has it, `prompt` with its mentions in the
 * model's words, the other text fields
 * in the document's order, then the files, a repeated field once for each. Empty fields are left out. Defaults
 * that the platform documents are sent like chosen values, so that what a person saw is what is made.
 */
void
yj_draft_foreach_field (YjDraft          *self,
                        YjDraftFieldFunc  func,
                        gpointer          user_data)
{
  g_autofree char *prompt = NULL;
  GListModel *list;

  g_return_if_fail (YJ_IS_DRAFT (self));

  prompt = yj_draft_dup_sent_prompt (self);

  emit_text (func, user_data, "llmid", YJ_PARAMETER_TEXT, yj_draft_get_value (self, "llmid"));
  if (yj_model_get_sends_model (yj_draft_get_model (self)))
    emit_text (func, user_data, "model", YJ_PARAMETER_TEXT, yj_draft_get_value (self, "model"));
  emit_text (func, user_data, "prompt", YJ_PARAMETER_TEXT, prompt);

  list = yj_model_get_parameters (yj_draft_get_model (self));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (list, i);
      const char *name = yj_parameter_get_name (parameter);

      emit_text (func, user_data, name, yj_parameter_get_value_type (parameter), yj_draft_get_value (self, name));
    }

  list = yj_model_get_slots (yj_draft_get_model (self));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (list, i);
      GListModel *files = yj_draft_get_files (self, yj_slot_get_role (slot));

      for (guint j = 0; j < g_list_model_get_n_items (files); j++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, j);
          YjDraftField field = { yj_slot_get_field (slot), YJ_PARAMETER_TEXT, NULL, file };

          func (&field, user_data);
        }
    }
}
