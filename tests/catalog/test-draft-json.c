/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog-test.h"

static YjCatalog *catalog;

static YjModel *
find_model (const char *id,
            gpointer    user_data)
{
  return yj_catalog_find_by_id (user_data, id);
}

static void
test_round_trip (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "r2v/doubao-seedance-2-0-260128"));
  g_autoptr(YjDraft) back = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL, *again = NULL;
  YjDraftFile *file;

  yj_draft_set_prompt (draft, "一起来\n“科目三” \\");
  yj_draft_set_value (draft, "duration", "4");
  yj_draft_set_value (draft, "nonsense", "x");
  file = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "样片 一.jpg", YJ_MEDIA_KIND_IMAGE);
  yj_draft_file_set_alpha (file, TRUE);
  file = attach (draft, YJ_SLOT_REFERENCE_VIDEOS, "c.mp4", YJ_MEDIA_KIND_VIDEO);
  yj_draft_file_set_facts (file, G_GINT64_CONSTANT (5000000000), 1280, 720, G_GINT64_CONSTANT (3500000001));
  yj_draft_file_set_frame_rate (file, 29.97);
  yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, "i2v/happyhorse-1.0-i2v"));

  json = yj_draft_to_json (draft);
  back = yj_draft_new_from_json (json, find_model, catalog, &error);
  g_assert_no_error (error);
  again = yj_draft_to_json (back);
  g_assert_cmpstr (again, ==, json);

  g_assert_cmpstr (yj_draft_get_prompt (back), ==, "一起来\n“科目三” \\");
  g_assert_cmpstr (yj_draft_get_value (back, "duration"), ==, "4");
  g_assert_cmpuint (count (back, YJ_SLOT_FIRST_FRAME), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (yj_draft_get_parked (back)), ==, 1);

  /* what was set aside finds its way home */
  yj_draft_set_model (back, yj_catalog_find_by_id (catalog, "r2v/doubao-seedance-2-0-260128"));
  g_assert_cmpuint (count (back, YJ_SLOT_REFERENCE_IMAGES), ==, 1);
  g_assert_true (yj_draft_file_get_alpha (get (back, YJ_SLOT_REFERENCE_IMAGES, 0)));
  g_assert_false (yj_draft_file_get_alpha (get (back, YJ_SLOT_REFERENCE_VIDEOS, 0)));
  file = get (back, YJ_SLOT_REFERENCE_VIDEOS, 0);
  g_assert_cmpint (yj_draft_file_get_size (file), ==, G_GINT64_CONSTANT (5000000000));
  g_assert_cmpint (yj_draft_file_get_duration (file), ==, G_GINT64_CONSTANT (3500000001));
  g_assert_cmpfloat_with_epsilon (yj_draft_file_get_frame_rate (file), 29.97, 0.001);
  g_assert_cmpstr (yj_draft_file_get_content_type (file), ==, "video/mp4");
}

static void
test_llmid (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "i2v/viduq3-pro"));
  g_autoptr(YjDraft) back = NULL;
  g_autofree char *json = NULL;

  yj_draft_set_value (draft, "llmid", "given");
  json = yj_draft_to_json (draft);
  back = yj_draft_new_from_json (json, find_model, catalog, NULL);
  g_assert_cmpstr (yj_draft_get_value (back, "llmid"), ==, "given");

  /* an id belongs to its model */
  yj_draft_set_model (back, yj_catalog_find_by_id (catalog, "i2v/wan2.6-i2v"));
  g_assert_null (yj_draft_get_value (back, "llmid"));
}

static void
test_bad (void)
{
  static const struct { const char *json; int code; } cases[] = {
    { "", YJ_CATALOG_ERROR_SYNTAX },
    { "{", YJ_CATALOG_ERROR_SYNTAX },
    { "[]", YJ_CATALOG_ERROR_SYNTAX },
    { "{\"prompt\": \"x\"}", YJ_CATALOG_ERROR_SYNTAX },
    { "{\"model\": 7}", YJ_CATALOG_ERROR_SYNTAX },
    { "{\"model\": {}}", YJ_CATALOG_ERROR_SYNTAX },
    { "{\"model\": \"t2v/gone\"}", YJ_CATALOG_ERROR_NO_MODEL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (yj_draft_new_from_json (cases[i].json, find_model, catalog, &error));
      g_assert_error (error, YJ_CATALOG_ERROR, cases[i].code);
    }
}

/* Wrong kinds inside are passed over, not tripped over. */
static void
test_odd (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new_from_json (
    "{\"model\": \"i2v/happyhorse-1.0-i2v\", \"prompt\": 5, \"values\": [1], \"files\": [1, {}, {\"uri\": \"file:///a\"},"
    " {\"uri\": \"file:///b\", \"kind\": 1, \"role\": \"nowhere\", \"size\": \"x\"},"
    " {\"uri\": \"file:///c\", \"kind\": 2, \"role\": \"first-frame\"},"
    " {\"uri\": \"file:///d\", \"kind\": 99, \"role\": \"first-frame\"}]}", find_model, catalog, NULL);

  g_assert_nonnull (draft);
  g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "");
  g_assert_cmpuint (count (draft, YJ_SLOT_FIRST_FRAME), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (yj_draft_get_parked (draft)), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/draft-json/round-trip", test_round_trip);
  g_test_add_func ("/draft-json/llmid", test_llmid);
  g_test_add_func ("/draft-json/bad", test_bad);
  g_test_add_func ("/draft-json/odd", test_odd);

  return g_test_run ();
}
