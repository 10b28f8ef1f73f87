using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Core.Runs;

public sealed class EffectTests
{
    [Fact]
    public void Effect_reads_back() => Assert.All(
        new[] { Effect.Launch, Effect.Release, Effect.Alert,
            Effect.Stop("arn:aws:ecs:eu-central-1:123456789012:task/jobs/1") },
        effect => Assert.Equal(effect, Effect.Parse(effect.ToString())));
}
