using Jobs.Tests.Simulation.Schedules;

namespace Jobs.Tests.Simulation.Search;

/// <summary>The seeds of a campaign.</summary>
/// <param name="First">Number of the first, below <see cref="WideSchedules.First"/>.</param>
internal sealed record Seeds(ulong First, ulong Count, Generator Generator = Generator.Plain)
{
    public ulong this[ulong index]
    {
        get
        {
            var number = First + index;
            var isWide = Generator == Generator.Wide || (Generator == Generator.Both && number % 2 == 1);
            return isWide ? number | WideSchedules.First : number;
        }
    }
}
