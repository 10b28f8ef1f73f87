using System.Diagnostics;

namespace Jobs.Tests.Infra;

public sealed class CfnLintTests
{
    [CfnLintFact]
    public void Template_of_a_typical_stack_has_neither_error_nor_warning() => Lint(Shapes.Typical);

    [CfnLintFact]
    public void Template_of_a_stack_with_queues_has_neither_error_nor_warning() => Lint(Shapes.Queues);

    [CfnLintFact]
    public void Template_of_a_stack_with_all_monitoring_has_neither_error_nor_warning() => Lint(Shapes.Monitored);

    [CfnLintFact]
    public void Template_of_a_pipeline_has_neither_error_nor_warning() => Lint(PipelineStack.OnAws);

    [CfnLintFact]
    public void Template_of_the_roles_of_github_has_neither_error_nor_warning() => Lint(PipelineStack.OnGitHub);

    private static void Lint(Synthesis stack)
    {
        using var lint = Process.Start(new ProcessStartInfo("cfn-lint",
            ["--template", Path.Combine(stack.Folder, "jobs.template.json")])
        {
            RedirectStandardOutput = true,
        })!;
        var output = lint.StandardOutput.ReadToEnd();
        lint.WaitForExit();

        Assert.True(lint.ExitCode == 0, output);
    }
}
