using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class CommandTests
{
    private static readonly Lazy<Synthesis> LazyParent = new(() => Synthesis.Of((_, runner) =>
    {
        runner.AddJob(Shapes.LineCount, Shapes.AnyImage);
        runner.AddJob(
            new JobDefinition("parent") { Submits = ["line-count"], Afters = [new AfterTrigger("line-count")] },
            Shapes.AnyImage);
    }));

    [Fact]
    public void Queue_of_commands_is_an_output() =>
        Assert.Equal(
            "<JobsFunctionsCommandsQueue>",
            Readable.Text(Shapes.Typical.Template.Json["Outputs"]![OutputNames.Commands]!["Value"]));

    [Fact]
    public void Job_that_submits_others_may_send_commands_and_knows_where()
    {
        var template = LazyParent.Value.Template;

        var send = Assert.Single(
            Readable.Statements(template, template.Named("JobsparentTaskRole")),
            statement => statement["Sid"]?.ToString() == "SendCommands");
        Assert.Equal(
            ("sqs:SendMessage", "<JobsFunctionsCommandsQueue.Arn>"),
            (Readable.Text(send["Action"]), Readable.Text(send["Resource"])));
        Assert.DoesNotContain(
            Readable.Statements(template, template.Named("JobslinecountTaskRole")),
            statement => statement["Sid"]?.ToString() == "SendCommands");
        Assert.Contains(
            "{Name: JOBS_COMMANDS, Value: <JobsFunctionsCommandsQueue>}",
            template.Named("JobsparentTask")["ContainerDefinitions"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Function_knows_the_roles_of_jobs_that_submit_others()
    {
        var variables = LazyParent.Value.Template.Named(
            "JobsFunctionsOnCommandFunction").Properties["Environment"]!["Variables"]!;

        Assert.Equal("<JobsparentTaskRole.RoleId>=parent", Readable.Text(variables[EnvironmentNames.Submitters]));
    }

    [Fact]
    public void Job_that_comes_after_another_may_read_its_large_results()
    {
        var template = LazyParent.Value.Template;

        var read = Assert.Single(
            Readable.Statements(template, template.Named("JobsparentTaskRole")),
            statement => statement["Sid"]?.ToString() == "ReadLargeResults");
        Assert.Equal(
            ("s3:GetObject", "<JobsBucket.Arn>/_jobs/results/line-count/*"),
            (Readable.Text(read["Action"]), Readable.Text(read["Resource"])));
    }

    [Fact]
    public void Job_that_submits_others_may_read_what_became_of_them_and_no_other_job()
    {
        var template = LazyParent.Value.Template;
        var statements = Readable.Statements(template, template.Named("JobsparentTaskRole"))
            .ToDictionary(statement => statement["Sid"]!.ToString());

        Assert.Equal("dynamodb:Query", Readable.Text(statements["FindChildren"]["Action"]));
        Assert.Equal("<JobsRunsTable.Arn>", Readable.Text(statements["FindChildren"]["Resource"]));
        Assert.Contains("parent/*", Readable.Text(statements["FindChildren"]["Condition"]), StringComparison.Ordinal);
        Assert.Equal("dynamodb:GetItem", Readable.Text(statements["ReadChildren"]["Action"]));
        Assert.Equal("<JobsResultsTable.Arn>", Readable.Text(statements["ReadChildren"]["Resource"]));
        Assert.Contains(
            "line-count/*", Readable.Text(statements["ReadChildren"]["Condition"]), StringComparison.Ordinal);
        Assert.Empty(LineCountStatements(template).Intersect(["SendCommands", "FindChildren", "ReadChildren"]));
    }

    private static IEnumerable<string> LineCountStatements(Template template) =>
        Readable.Statements(template, template.Named("JobslinecountTaskRole"))
            .Select(statement => statement["Sid"]!.ToString());
}
