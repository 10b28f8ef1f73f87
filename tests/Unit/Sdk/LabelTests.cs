using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>Labels that a job's code gives its run.</summary>
public sealed class LabelTests : IDisposable
{
    private readonly HostScenario _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Labels_are_noted_with_the_end_in_the_same_call_and_the_last_of_a_name_counts()
    {
        await _host.RunAsync((job, _) =>
        {
            job.Label("team", "sales");
            job.Label("order", "a=b");
            job.Label("team", "billing");
            return Task.FromResult("done");
        });

        Assert.Equal(["order=a=b", "team=billing"], _host.Record.Labels);
        Assert.Equal(["ClaimAsync", "CompleteAsync"], _host.Records.Calls);
    }

    [Fact]
    public async Task Job_that_fails_or_awaits_its_children_leaves_its_labels_too()
    {
        await _host.RunAsync((job, _) =>
        {
            job.Label("team", "billing");
            throw new JobFailedException("The file is empty.");
        });

        Assert.Equal("The file is empty.", _host.Record.Error!.Message);
        Assert.Equal(["team=billing"], _host.Record.Labels);
    }

    [Fact]
    public async Task Secret_in_a_label_is_masked()
    {
        _host.Variables["JOBS_SECRETS"] = "TOKEN";
        _host.Variables["TOKEN"] = "hunter22";

        await _host.RunAsync((job, _) =>
        {
            job.Label("token", "is hunter22");
            var refused = Assert.Throws<ArgumentException>(() => job.Label("hunter22", "x"));
            Assert.DoesNotContain("hunter22", refused.Message, StringComparison.Ordinal);
            return Task.FromResult("done");
        });

        Assert.Equal(["token=is ***"], _host.Record.Labels);
    }

    [Theory]
    [InlineData("Team", "billing")]
    [InlineData("", "billing")]
    [InlineData("team", "")]
    [InlineData("team", "two\nlines")]
    [InlineData("a=b", "c")]
    [InlineData("a-name-that-has-thirty-three-chars", "c")]
    public async Task What_is_no_label_is_refused_with_rule_value_and_remedy(string name, string value)
    {
        await _host.RunAsync((job, _) =>
        {
            var refused = Assert.Throws<ArgumentException>(() => job.Label(name, value));
            Assert.StartsWith(
                $"'{name}={value}' is no label: {Labels.Rule}. ", refused.Message, StringComparison.Ordinal);
            Assert.Contains("job.Label(\"team\", \"billing\")", refused.Message, StringComparison.Ordinal);
            return Task.FromResult("done");
        });

        Assert.Equal(WorkerExitCodes.Succeeded, _host.Record.ExitCode);
        Assert.Empty(_host.Record.Labels);
    }

    [Fact]
    public async Task Labels_count_together_with_those_that_the_run_has_and_one_of_the_same_name_takes_its_place()
    {
        _host.Inputs.Label(_host.Launch.Run, "a=1", "b=1", "c=1", "team=sales");

        await _host.RunAsync((job, _) =>
        {
            job.Label("team", "billing");
            job.Label("d", "1");
            var refused = Assert.Throws<ArgumentException>(() => job.Label("e", "1"));
            Assert.StartsWith(
                "A run has at most 5 labels, of 200 characters in all; with 'e=1' it would have ",
                refused.Message, StringComparison.Ordinal);
            return Task.FromResult("done");
        });

        Assert.Equal(WorkerExitCodes.Succeeded, _host.Record.ExitCode);
        Assert.Equal(["d=1", "team=billing"], _host.Record.Labels);
    }
}
