using System.Diagnostics;

namespace Jobs.Tests.Infra;

public sealed class CfnLintTests
{
    [CfnLintFact]
    public void Template_of_a_typical_stack_has_neither_error_nor_warning()
    {
        using var lint = Process.Start(new ProcessStartInfo("cfn-lint", ["--template", Path.Combine(Shapes.Typical.Folder, "jobs.template.json")])
        {
            RedirectStandardOutput = true,
        })!;
        var output = lint.StandardOutput.ReadToEnd();
        lint.WaitForExit();

        Assert.True(lint.ExitCode == 0, output);
    }
}
