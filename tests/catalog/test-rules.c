/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the platform's own document asks of a draft, and the rules between the slots of a model. */
#include "catalog-test.h"

static YjCatalog *catalog;

#define NOTE YJ_PROBLEM_NOTE
#define SEEDANCE_REFERENCES "r2v/doubao-seedance-2-0-260128"
#define SEEDANCE_FRAMES "i2v/doubao-seedance-1-5-pro-251215"

/* ---- what the platform's own document says, which no one may go beyond */
static void
test_contract (void)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      GListModel *slots = yj_model_get_slots (model), *parameters = yj_model_get_parameters (model);
      g_autoptr(YjDraft) plain = new_plain_draft (model, -1);
      g_autoptr(GPtrArray) none = yj_draft_validate (plain);

      if (none->len > 0)
        g_error ("%s: %s", yj_model_get_id (model), ((YjProblem *) g_ptr_array_index (none, 0))->message);
      for (guint j = 0; j < g_list_model_get_n_items (parameters); j++)
        {
          g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, j);
          const char * const *allowed = yj_parameter_get_allowed (parameter);
          const char *name = yj_parameter_get_name (parameter);

          for (guint k = 0; allowed != NULL && allowed[k] != NULL; k++)
            {
              g_autoptr(GPtrArray) problems = NULL;

              yj_draft_set_value (plain, name, allowed[k]);
              problems = yj_draft_validate (plain);
              g_assert_true (problems->len == 0 || ((YjProblem *) g_ptr_array_index (problems, 0))->severity == NOTE);
            }
          yj_draft_set_value (plain, name, NULL);
          if (g_str_equal (yj_parameter_get_meaning (parameter), "duration"))
            yj_draft_set_value (plain, name, "5");
        }
      for (guint j = 0; j < g_list_model_get_n_items (slots); j++)
        {
          g_autoptr(YjSlot) slot = g_list_model_get_item (slots, j);
          g_autoptr(YjDraft) lacking = new_plain_draft (model, (int) yj_slot_get_role (slot));
          g_autoptr(GPtrArray) problems = yj_draft_validate (lacking);

          if (yj_slot_get_minimum (slot) > 0)
            g_assert_true (problems->len > 0 && ((YjProblem *) g_ptr_array_index (problems, 0))->missing);
          else
            g_assert_cmpuint (problems->len, ==, 0);
        }
    }
}

/* HappyHorse takes nine by the platform's word: the tenth is not let in at all. */
static void
test_full (void)
{
  YjModel *model = yj_catalog_find_by_id (catalog, "r2v/happyhorse-1.0-r2v");
  g_autoptr(YjDraft) draft = yj_draft_new (model);
  g_autoptr(YjDraftFile) tenth = new_file (NAME, YJ_MEDIA_KIND_IMAGE);

  for (int i = 0; i < 9; i++)
    add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "plain");
  g_assert_false (yj_draft_add_file (draft, YJ_SLOT_REFERENCE_IMAGES, tenth));
}

/* ---- rules between slots */
static void
add_many (YjDraft    *draft,
          YjSlotRole  role,
          int         n)
{
  for (int i = 0; i < n; i++)
    {
      YjDraftFile *file = add_plain (draft, role, NAME);

      if (yj_draft_file_get_duration (file) > 0)
        yj_draft_file_set_facts (file, 200000, yj_draft_file_get_width (file), yj_draft_file_get_height (file), 3000000000);
    }
}

static void
test_total_files (void)
{
  static const struct { int pictures, clips, sounds, severity, told; } rows[] = {
    { 9, 3, 0, -1, 0 }, { 9, 3, 1, NOTE, 12 }, { 6, 3, 3, -1, 0 }, { 7, 3, 3, NOTE, 12 }, { 9, 3, 3, NOTE, 12 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE_REFERENCES));
      g_autoptr(GPtrArray) problems = NULL;

      yj_draft_set_prompt (draft, "p");
      add_many (draft, YJ_SLOT_REFERENCE_IMAGES, rows[i].pictures);
      add_many (draft, YJ_SLOT_REFERENCE_VIDEOS, rows[i].clips);
      add_many (draft, YJ_SLOT_REFERENCE_AUDIO, rows[i].sounds);
      problems = yj_draft_validate (draft);
      if (rows[i].severity < 0)
        g_assert_cmpuint (problems->len, ==, 0);
      else
        {
          const YjProblem *problem = find_problem (problems, YJ_LIMIT_COUNT);

          g_assert_cmpint ((int) problem->severity, ==, rows[i].severity);
          assert_says (problem->message, NAME);
          assert_says (problem->message, "at most 12");
        }
    }
}

static void
test_total_bytes (void)
{
  for (int past = 0; past < 2; past++)
    {
      g_autoptr(YjDraft) draft = new_plain_draft (yj_catalog_find_by_id (catalog, "i2v/viduq3-pro"), YJ_SLOT_LAST_FRAME);
      YjDraftFile *last = add_plain (draft, YJ_SLOT_LAST_FRAME, NAME);
      g_autoptr(GPtrArray) problems = NULL;
      const YjProblem *problem;

      yj_draft_file_set_facts (last, 19800000 + past, 1000, 1000, 0);
      problems = yj_draft_validate (draft);
      problem = find_problem (problems, YJ_LIMIT_TOTAL_BYTES);
      if (!past)
        {
          g_assert_cmpuint (problems->len, ==, 0);
          continue;
        }
      g_assert_cmpint ((int) problem->severity, ==, NOTE);
      assert_says (problem->message, NAME);
      assert_says (problem->message, "20.0");
    }
}

static void
test_companions (void)
{
  g_autoptr(YjDraft) sounds = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE_REFERENCES));
  g_autoptr(YjDraft) frames = new_plain_draft (yj_catalog_find_by_id (catalog, SEEDANCE_FRAMES), YJ_SLOT_FIRST_FRAME);
  g_autoptr(GPtrArray) alone = NULL, beside = NULL, last = NULL, both = NULL;

  yj_draft_set_prompt (sounds, "p");
  add_plain (sounds, YJ_SLOT_REFERENCE_AUDIO, NAME);
  alone = yj_draft_validate (sounds);
  g_assert_cmpint ((int) find_problem (alone, YJ_LIMIT_COMPANION)->severity, ==, YJ_PROBLEM_LIMIT);
  assert_says (find_problem (alone, YJ_LIMIT_COMPANION)->message, NAME);
  add_plain (sounds, YJ_SLOT_REFERENCE_VIDEOS, "plain");
  beside = yj_draft_validate (sounds);
  g_assert_cmpstr (find_problem (beside, YJ_LIMIT_COMPANION)->message, ==, "");

  add_plain (frames, YJ_SLOT_LAST_FRAME, NAME);
  last = yj_draft_validate (frames);
  assert_says (find_problem (last, YJ_LIMIT_COMPANION)->message, NAME);
  add_plain (frames, YJ_SLOT_FIRST_FRAME, "plain");
  both = yj_draft_validate (frames);
  g_assert_cmpuint (both->len, ==, 0);
}

/* First frame, first and last frame, references: by a person's own file, as the platform has a mode for each. */
static void
test_exclusive (void)
{
  static const char json[] =
    "{\"models\": [{\"id\": \"own\", \"mode\": \"r2v\", \"name\": \"own\", \"llmid\": \"x\", \"slots\": ["
    "  {\"role\": \"first-frame\", \"field\": \"f\", \"maximum\": 1}, {\"role\": \"last-frame\", \"field\": \"l\", \"maximum\": 1},"
    "  {\"role\": \"reference-images\", \"field\": \"i\"}, {\"role\": \"reference-videos\", \"field\": \"v\"}], \"rules\": ["
    "  {\"kind\": \"exclusive\", \"source\": \"s\", \"groups\": [[\"first-frame\", \"last-frame\"],"
    "   [\"reference-images\", \"reference-videos\"]]},"
    "  {\"kind\": \"needs-companion\", \"source\": \"s\", \"slot\": \"last-frame\", \"companions\": [\"first-frame\"]}]}]}";
  static const struct { const char *files; gboolean fine; } rows[] = {
    { "", TRUE }, { "f", TRUE }, { "fl", TRUE }, { "l", FALSE }, { "i", TRUE }, { "iv", TRUE }, { "v", TRUE }, { "fi", FALSE },
    { "fli", FALSE }, { "flv", FALSE }, { "fv", FALSE },
  };
  g_autoptr(YjCatalog) own = yj_catalog_new ();
  g_autoptr(GError) error = NULL;

  yj_catalog_overlay (own, json, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (own, "own"));
      g_autoptr(GPtrArray) problems = NULL;

      yj_draft_set_prompt (draft, "p");
      for (const char *p = rows[i].files; *p != '\0'; p++)
        add_plain (draft, *p == 'f' ? YJ_SLOT_FIRST_FRAME : *p == 'l' ? YJ_SLOT_LAST_FRAME : *p == 'i' ? YJ_SLOT_REFERENCE_IMAGES
                                      : YJ_SLOT_REFERENCE_VIDEOS, NAME);
      problems = yj_draft_validate (draft);
      g_test_message ("%s: %s", rows[i].files, problems->len > 0 ? ((YjProblem *) g_ptr_array_index (problems, 0))->message : "");
      g_assert_cmpint (problems->len == 0, ==, rows[i].fine);
      if (!rows[i].fine)
        {
          gboolean lone = g_str_equal (rows[i].files, "l");

          assert_says (find_problem (problems, lone ? YJ_LIMIT_COMPANION : YJ_LIMIT_EXCLUSIVE)->message, NAME);
        }
    }
}

/* A sound is told what to put beside it, by what this model takes; the meter says the same. */
static void
test_lone_sound (void)
{
  static const struct { const char *slots, *companions, *says; } rows[] = {
    { "{\"role\": \"reference-images\", \"field\": \"i\"}, {\"role\": \"reference-videos\", \"field\": \"v\"}",
      "\"reference-images\", \"reference-videos\"", "only beside a picture or a video. Add one." },
    { "{\"role\": \"reference-images\", \"field\": \"i\"}", "\"reference-images\"", "only beside Reference Images. Add one." },
    { "{\"role\": \"first-frame\", \"field\": \"f\"}, {\"role\": \"reference-videos\", \"field\": \"v\"}",
      "\"reference-videos\", \"first-frame\"", "only beside a picture or a video. Add one." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{\"models\": [{\"id\": \"own\", \"mode\": \"r2v\", \"name\": \"own\", \"llmid\": \"x\", \"slots\": [%s, "
        "{\"role\": \"reference-audio\", \"field\": \"a\"}], \"rules\": [{\"kind\": \"needs-companion\", \"source\": \"s\", "
        "\"slot\": \"reference-audio\", \"companions\": [%s]}]}]}", rows[i].slots, rows[i].companions);
      g_autoptr(YjCatalog) own = yj_catalog_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(YjDraft) draft = NULL;
      g_autoptr(GPtrArray) problems = NULL;
      g_autoptr(YjFit) fit = NULL;

      yj_catalog_overlay (own, json, -1, &error);
      g_assert_no_error (error);
      draft = yj_draft_new (yj_catalog_find_by_id (own, "own"));
      yj_draft_set_prompt (draft, "p");
      add_plain (draft, YJ_SLOT_REFERENCE_AUDIO, NAME);
      problems = yj_draft_validate (draft);
      g_assert_cmpuint (problems->len, ==, 1);
      assert_says (find_problem (problems, YJ_LIMIT_COMPANION)->message, NAME);
      assert_says (find_problem (problems, YJ_LIMIT_COMPANION)->message, rows[i].says);
      fit = yj_draft_fit (draft, yj_draft_get_model (draft));
      g_assert_cmpstr (fit->reasons, ==, "a sound needs a picture or a video beside it");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/rules/contract", test_contract);
  g_test_add_func ("/rules/full", test_full);
  g_test_add_func ("/rules/total-files", test_total_files);
  g_test_add_func ("/rules/total-bytes", test_total_bytes);
  g_test_add_func ("/rules/companions", test_companions);
  g_test_add_func ("/rules/exclusive", test_exclusive);
  g_test_add_func ("/rules/lone-sound", test_lone_sound);

  return g_test_run ();
}
