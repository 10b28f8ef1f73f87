using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Testing;

/// <summary>The guide's handler of uploads, its unit test as shown there, and that it may do what it does.</summary>
public sealed class AveragesTests
{
    [Fact]
    public async Task Average_is_written()
    {
        var env = new JobTestEnvironment { Objects = { ["readings/a.txt"] = "1\n2\n" } };
        await env.HandleAsync(new Averages(), env.Upload("readings/a.txt"));
        Assert.Equal("1.5", env.Objects["averages/readings/a.txt"].Text);
    }

    [Fact]
    public async Task Upload_outside_its_triggers_may_not_be_read()
    {
        var env = new JobTestEnvironment { Objects = { ["other/a.txt"] = "1\n" } };

        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => env.HandleAsync(new Averages(), env.Upload("other/a.txt")));
    }

    [Fact]
    public void Declaration_is_valid() =>
        Assert.Empty(DefinitionRules.Check("jobs", JobDefinitions.From(typeof(Averages))));
}
