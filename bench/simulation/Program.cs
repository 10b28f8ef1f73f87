using System.CommandLine;
using Jobs.SimulationBench;
using Jobs.Tests.Simulation.Search;

var seed = new Option<ulong?>("--seed")
{
    Description = "Run the schedule of this seed again, and show what happens in it.",
};
var schedules = new Option<ulong>("--schedules")
{
    Description = "How many schedules to run.",
    DefaultValueFactory = _ => 100_000,
};
var first = new Option<ulong?>("--first")
{
    Description =
        "Number of the first seed; the others follow it. Without it, where --state ended, or one from the clock.",
};
var generator = new Option<Generator>("--generator")
{
    Description = "Which schedules: Plain, Wide, or Both in turn.",
    DefaultValueFactory = _ => Generator.Both,
};
var state = new Option<string?>("--state")
{
    Description = "File that keeps how far the search is: it goes on from there.",
};
var threads = new Option<int>("--threads")
{
    Description = "Worlds at once.",
    DefaultValueFactory = _ => Environment.ProcessorCount,
};
var shrink = new Option<bool>("--shrink") { Description = "Make a failing schedule as small as it can be first." };
var whole = new Option<bool>("--whole")
{
    Description = "With --seed: show all that happens, not only what concerns the runs that fail.",
};
var all = new Option<bool>("--all")
{
    Description = "Go on after a failure, and list each kind of failure with its first seed.",
};
var mutants = new Command("mutants", "Put each seeded bug into Core and show what catches it.");
var only = new Argument<string?>("name")
{
    Description = "Only those whose name has this.",
    Arity = ArgumentArity.ZeroOrOne,
};
mutants.Add(only);
mutants.SetAction(parsed => MutantList.Show(parsed.GetValue(only)));
var uploads = new Option<int>("--uploads")
{
    Description = "How many within one second.",
    DefaultValueFactory = _ => 10_000,
};
var burst = new Command("burst", "A burst of uploads against 100 launches at once and 20 a second.") { uploads };
burst.SetAction(parsed => Burst.Run(parsed.GetValue(uploads)));

var length = new Option<double>("--days") { Description = "How long.", DefaultValueFactory = _ => 7 };
var perDay = new Option<double>("--runs-per-day")
{
    Description = "How many runs a day.",
    DefaultValueFactory = _ => 1_000_000,
};
var run = new Option<string?>("--run") { Description = "Show at the end what happened to this run." };
var days = new Command("days", "Days of steady traffic with every fault.") { length, perDay, run };
days.SetAction(parsed => Days.Run(parsed.GetValue(length), parsed.GetValue(perDay), parsed.GetValue(run)));

var root = new RootCommand(
    "Simulated schedules: faults, crashes and lost events around the real Core, judged by invariants.")
{
    seed, schedules, first, generator, threads, shrink, whole, all, state, mutants, burst, days,
};
root.SetAction(parsed => parsed.GetValue(seed) is { } one
    ? Schedules.Replay(one, parsed.GetValue(shrink), parsed.GetValue(whole))
    : Schedules.Search(new SearchOptions(
        parsed.GetValue(first),
        parsed.GetValue(schedules),
        parsed.GetValue(generator),
        parsed.GetValue(threads),
        parsed.GetValue(shrink),
        parsed.GetValue(all),
        parsed.GetValue(state))));
return await root.Parse(args).InvokeAsync();
