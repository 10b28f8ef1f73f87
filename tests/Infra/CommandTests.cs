using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class CommandTests
{
    private static readonly Lazy<Synthesis> LazyParent = new(() => Synthesis.Of((_, runner) =>
    {
        runner.AddJob(Shapes.LineCount, Shapes.AnyImage);
        runner.AddJob(new JobDefinition("parent") { Submits = ["line-count"] }, Shapes.AnyImage);
    }));

    [Fact]
    public void Queue_of_commands_is_an_output() =>
        Assert.Equal("<JobsFunctionsCommandsQueue>", Readable.Text(Shapes.Typical.Template.Json["Outputs"]![OutputNames.Commands]!["Value"]));

    [Fact]
    public void Job_that_submits_others_may_send_commands_and_knows_where()
    {
        var template = LazyParent.Value.Template;

        var send = Assert.Single(Readable.Statements(template, template.Named("JobsparentTaskRole")), statement => statement["Sid"]?.ToString() == "SendCommands");
        Assert.Equal(("sqs:SendMessage", "<JobsFunctionsCommandsQueue.Arn>"), (Readable.Text(send["Action"]), Readable.Text(send["Resource"])));
        Assert.DoesNotContain(Readable.Statements(template, template.Named("JobslinecountTaskRole")), statement => statement["Sid"]?.ToString() == "SendCommands");
        Assert.Contains("{Name: JOBS_COMMANDS, Value: <JobsFunctionsCommandsQueue>}", template.Named("JobsparentTask")["ContainerDefinitions"], StringComparison.Ordinal);
    }

    [Fact]
    public void Function_knows_the_roles_of_jobs_that_submit_others()
    {
        var variables = LazyParent.Value.Template.Named("JobsFunctionsOnCommandFunction").Properties["Environment"]!["Variables"]!;

        Assert.Equal("<JobsparentTaskRole.RoleId>=parent", Readable.Text(variables[EnvironmentNames.Submitters]));
    }
}
