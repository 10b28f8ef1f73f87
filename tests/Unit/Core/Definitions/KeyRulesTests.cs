using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Core.Definitions;

/// <summary>What looks right, synthesizes in other tools, and then never starts anything or reads nothing.</summary>
public sealed class KeyRulesTests
{
    [Theory]
    [InlineData("texts/*.txt", "", "literal", "Write [OnUpload(\"texts/\", Suffix = \".txt\")].")]
    [InlineData("texts/*", "", "literal", "Write [OnUpload(\"texts/\")].")]
    [InlineData("texts/**/*.txt", "", "literal", "Write [OnUpload(\"texts/\", Suffix = \".txt\")].")]
    [InlineData("texts/a?.txt", "", "literal", "Write [OnUpload(\"texts/a\", Suffix = \".txt\")].")]
    [InlineData("texts/", "*.txt", "Suffix of OnUpload is literal", "such as \".txt\".")]
    [InlineData("s3://bucket/texts/", "", "without the bucket", "Write \"texts/\".")]
    [InlineData("s3://bucket", "", "without the bucket", "Write \"\".")]
    [InlineData("arn:aws:s3:::bucket/texts/", "", "without the bucket", "Write \"texts/\".")]
    [InlineData("https://bucket.s3.amazonaws.com/texts/", "", "without the bucket", "Write \"texts/\".")]
    [InlineData("/texts/", "", "does not begin with a slash", "Write \"texts/\".")]
    [InlineData(".txt", "", "beginning of the keys", "Write [OnUpload(\"\", Suffix = \".txt\")]")]
    public void Trigger_that_could_never_start_anything_is_refused_with_what_to_write(
        string prefix, string suffix, string rule, string remedy)
    {
        var error = Assert.Single(Check(new JobDefinition("texts") { Uploads = [new UploadTrigger(prefix, suffix)] }));

        Assert.Contains(rule, error.Rule, StringComparison.Ordinal);
        Assert.Equal(suffix.Length > 0 && suffix[0] == '*' ? suffix : prefix, error.Value);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reports/*", "literal")]
    [InlineData("s3://bucket/reports/", "without the bucket")]
    [InlineData("/reports/", "does not begin with a slash")]
    public void Prefix_that_no_key_has_is_refused_wherever_it_stands(string prefix, string rule)
    {
        foreach (var job in (JobDefinition[])[
            new("texts") { Reads = [prefix] }, new("texts") { Writes = [prefix] }, new("texts") { Lists = [prefix] }])
        {
            var error = Assert.Single(Check(job));
            Assert.Contains(rule, error.Rule, StringComparison.Ordinal);
            Assert.Equal("Write \"reports/\".", error.Remedy);
        }
    }

    [Theory]
    [InlineData("s3://acme-raw/in/", "Write Bucket = \"acme-raw\"")]
    [InlineData("arn:aws:s3:::acme-raw", "Write Bucket = \"acme-raw\"")]
    [InlineData("Acme-Raw", "Write Bucket")]
    [InlineData("ab", "Write Bucket")]
    [InlineData("", "Write Bucket")]
    [InlineData("-raw", "Write Bucket")]
    [InlineData("raw.", "Write Bucket")]
    [InlineData("acme..raw", "Write Bucket")]
    [InlineData("acme_raw", "Write Bucket")]
    [InlineData("192.168.5.4", "Write Bucket")]
    [InlineData("xn--raw", "Write Bucket")]
    [InlineData("raw-s3alias", "Write Bucket")]
    [InlineData("raw\n", "Write Bucket")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g123", "Write Bucket")]
    public void Bucket_that_S3_could_not_have_is_refused_with_what_to_write(string bucket, string remedy)
    {
        var error = Assert.Single(Check(new JobDefinition("texts") { Uploads = [new("in/") { Bucket = bucket }] }));

        Assert.Contains("3 to 63", error.Rule, StringComparison.Ordinal);
        Assert.Equal(bucket, error.Value);
        Assert.StartsWith(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("acme-raw.eu1")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g12")]
    public void Bucket_that_S3_could_have_is_taken_with_the_keys_of_the_runners_own(string bucket) =>
        Assert.Empty(Check(new JobDefinition("texts") { Uploads = [new("in/"), new("in/") { Bucket = bucket }] }));

    [Fact]
    public void Address_of_another_bucket_as_a_prefix_is_refused_with_the_trigger_that_was_meant()
    {
        var error = Assert.Single(Check(new JobDefinition("texts") { Uploads = [new("s3://acme-raw/in/")] }));

        Assert.Contains("[OnUpload(\"in/\", Bucket = \"acme-raw\")]", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_where_another_buckets_trigger_listens_is_no_loop()
    {
        var job = new JobDefinition("texts") { Writes = ["in/"], Uploads = [new("in/") { Bucket = "acme-raw" }] };

        Assert.Empty(Check(job));
        Assert.Single(Check(job with { Uploads = [new("in/")] }));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", ".txt")]
    [InlineData("texts/", "")]
    [InlineData(".hidden/", "")]
    [InlineData("a:b/", ".tar.gz")]
    [InlineData("Übergröße [1]/", "~")]
    public void Beginning_and_end_of_keys_are_taken(string prefix, string suffix) =>
        Assert.Empty(Check(new JobDefinition("texts") { Uploads = [new UploadTrigger(prefix, suffix)] }));

    [Fact]
    public void Triggers_that_differ_in_the_case_of_their_suffix_are_one()
    {
        var error = Assert.Single(
            Check(
                new JobDefinition("texts")
                {
                    Uploads = [new UploadTrigger("a/", ".jpg"), new UploadTrigger("a/", ".JPG")],
                }));
        Assert.Equal("a/*.jpg and a/*.JPG", error.Value);
        Assert.Empty(
            Check(
                new JobDefinition("texts")
                {
                    Uploads = [new UploadTrigger("a/", ".jpg"), new UploadTrigger("A/", ".jpg")],
                }));
    }

    [Theory]
    [InlineData("incoming/DATA.CSV", true)]
    [InlineData("incoming/Data.Csv", true)]
    [InlineData("incoming/.csv", true)]
    [InlineData("Incoming/data.csv", false)]
    [InlineData("incoming/data.csv.gz", false)]
    public void Suffix_matches_whatever_its_case(string key, bool matches) =>
        Assert.Equal(matches, new UploadTrigger("incoming/", ".csv").Matches(key));

    private static IEnumerable<DefinitionError> Check(JobDefinition job) => DefinitionRules.Check("jobs", job);
}
