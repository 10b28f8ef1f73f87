using System.Text.Json.Nodes;
using Amazon.CDK.AWS.S3;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class PermissionTests
{
    /// <summary>Actions that AWS authorizes on <c>*</c> only.</summary>
    private static readonly string[] WithoutResource = ["ecr:GetAuthorizationToken", "ecs:ListTasks"];

    [Fact]
    public void Roles_of_a_typical_stack_may_do_exactly_what_is_expected() =>
        Snapshot.Matches("roles.txt", Readable.Roles(Shapes.Typical.Template));

    [Fact]
    public void Roles_have_no_star_resource_except_where_AWS_takes_no_other()
    {
        var stars = AllStatements(Shapes.Typical.Template)
            .Where(statement => Readable.Each(statement["Resource"]).Contains("*"))
            .SelectMany(statement => Readable.Each(statement["Action"]));

        Assert.Subset(WithoutResource.ToHashSet(), stars.ToHashSet());
    }

    /// <summary>
    /// Any function may meet an effect that is owed, and carries it out. What is over is the tick's alone.
    /// </summary>
    [Theory]
    [InlineData("OnTick", true)]
    [InlineData("OnUpload", false)]
    [InlineData("OnSchedule", false)]
    [InlineData("OnCommand", false)]
    [InlineData("OnTaskStopped", false)]
    public void Only_the_tick_looks_back(string function, bool looksBack)
    {
        var role = Readable.Role(
            Shapes.Typical.Template, Shapes.Typical.Template.Named($"JobsFunctions{function}Role"));

        Assert.All(
            ["ecs:DescribeTasks", "/index/history", "s3:ListBucketVersions"],
            right => Assert.Equal(looksBack, role.Contains(right, StringComparison.Ordinal)));
    }

    [Fact]
    public void Function_that_nothing_wakes_may_write_its_log_and_nothing_else() => Assert.Equal(
        "JobsFunctionsOnBacklogRole\n  Allow logs:CreateLogStream logs:PutLogEvents\n" +
        "    on <JobsFunctionsOnBacklogLog.Arn>\n",
        Readable.Role(Shapes.Typical.Template, Shapes.Typical.Template.Named("JobsFunctionsOnBacklogRole")));

    [Fact]
    public void Roles_have_no_star_action() =>
        Assert.DoesNotContain(
            AllStatements(Shapes.Typical.Template).SelectMany(statement => Readable.Each(statement["Action"])),
            action => action.EndsWith(":*", StringComparison.Ordinal) || action == "*");

    [Fact]
    public void Roles_have_no_managed_policy() =>
        Assert.All(Shapes.Typical.Template.OfType("AWS::IAM::Role"), role => Assert.Null(role["ManagedPolicyArns"]));

    [Fact]
    public void Grants_to_a_job_go_to_its_task_role()
    {
        var synthesis = Synthesis.Of((stack, runner) =>
        {
            runner.AddJob(new JobDefinition("report"), Shapes.AnyImage);
            var reports = new Bucket(stack, "Reports");
            reports.GrantPut(runner.Job("report"));
        });

        var role = synthesis.Template.Named("JobsreportTaskRole");
        Assert.Contains(
            Readable.Statements(synthesis.Template, role),
            statement => Readable.Text(statement["Resource"]) == "<Reports.Arn>/*");
    }

    [Fact]
    public void Variables_in_a_prefix_are_literal_in_the_policy_and_a_suffix_is_there_in_any_case()
    {
        var synthesis = Synthesis.OfJob(
            new JobDefinition("odd")
            {
                Uploads = [new UploadTrigger("a$/", ".7z"), new UploadTrigger("b/", ".parquet")],
            });

        var role = synthesis.Template.Named("JobsoddTaskRole");
        var read = Readable.Statements(synthesis.Template, role)
            .Single(statement => statement["Sid"]?.ToString() == "ReadObjects");
        Assert.Equal(
            "<JobsBucket.Arn>/a${$}/*.7Z, <JobsBucket.Arn>/a${$}/*.7z, <JobsBucket.Arn>/b/*.???????", Readable.Text(
                read["Resource"]));
    }

    [Fact]
    public void A_job_that_is_not_there_is_named_with_those_that_are()
    {
        KeyNotFoundException? error = null;
        Synthesis.Of((_, runner) =>
        {
            runner.AddJob(new JobDefinition("report"), Shapes.AnyImage);
            error = Assert.Throws<KeyNotFoundException>(() => runner.Job("repport"));
        });

        Assert.Equal("jobs/Jobs has no job 'repport'. It has report.", error!.Message);
    }

    private static IEnumerable<JsonObject> AllStatements(Template template) =>
        template.OfType("AWS::IAM::Role").SelectMany(role => Readable.Statements(template, role));
}
