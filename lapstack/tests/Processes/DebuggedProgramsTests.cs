using Lapstack.Processes;

namespace Lapstack.Tests.Processes;

public sealed class DebuggedProgramsTests
{
    private static readonly DebuggedPrograms Debugged = new(
        ["OnUpload", "line-count"], new Dictionary<string, string> { ["WAIT"] = "1" });

    [Theory]
    [InlineData("jobs-JobsFunctionsOnUpload4F2A-x1", true)]
    [InlineData("jobs-JobsFunctionsOnTick-x1", false)]
    public void Function_is_named_by_a_part_of_its_name(string function, bool expected) =>
        Assert.Equal(expected, Debugged.HasFunction(function));

    [Theory]
    [InlineData("jobs_line-count", true)]
    [InlineData("line-count", true)]
    [InlineData("jobs_online-count", false)]
    public void Task_is_named_by_its_family_or_the_end_of_it(string family, bool expected) =>
        Assert.Equal(expected, Debugged.HasTask(family));

    [Fact]
    public void Program_can_be_attached_to_and_knows_that_it_is_to_wait()
    {
        var variables = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" };

        Debugged.AddTo(variables);

        Assert.Equal(("1", "1"), (variables["DOTNET_EnableDiagnostics"], variables["WAIT"]));
    }
}
