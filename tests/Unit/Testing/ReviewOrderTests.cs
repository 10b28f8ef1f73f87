using Jobs.Core.Definitions;
using Jobs.Tests.Unit.Functions;

namespace Jobs.Tests.Unit.Testing;

public sealed class ReviewOrderTests
{
    [Fact]
    public async Task Test_of_the_guide_works()
    {
        var env = new JobTestEnvironment();
        await env.RunAsync(new ReviewOrder(), new(4711, 129.5m));
        Assert.Contains("4711", env.Objects["reviews/4711.txt"].Text);
    }

    [Fact]
    public void Job_of_the_guide_is_valid_and_fits_the_sample_event()
    {
        var failed = JobTestEnvironment.ReadEvent<ReviewOrder.FailedOrder>(
            SampleEvents.Read("custom-order-failed.json").ToJsonString()).Detail;

        Assert.Equal(new(4711, 129.5m, "The card was declined."), failed);
        Assert.Empty(DefinitionRules.Check("jobs", JobDefinitions.From(typeof(ReviewOrder))));
    }
}
