using Lapstack.Services.Ecs.Definitions;

namespace Lapstack.Tests.Ecs;

public sealed class FargateSizesTests
{
    [Theory]
    [InlineData(256, 512, true)]
    [InlineData(256, 2048, true)]
    [InlineData(256, 1536, false)]
    [InlineData(512, 4096, true)]
    [InlineData(512, 512, false)]
    [InlineData(1024, 8192, true)]
    [InlineData(1024, 2500, false)]
    [InlineData(4096, 30720, true)]
    [InlineData(4096, 31744, false)]
    [InlineData(8192, 20480, true)]
    [InlineData(8192, 17408, false)]
    [InlineData(16384, 122880, true)]
    [InlineData(300, 1024, false)]
    public void Pair_exists_as_fargate_has_it(int cpu, int memory, bool exists) =>
        Assert.Equal(exists, FargateSizes.Exists(cpu, memory));
}
