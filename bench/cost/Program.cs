using Jobs.Bench.Cost;
using Jobs.Local;
using Jobs.Local.Output;
using Jobs.Local.Synthesis;

const int Runs = 10;
const double MostDollars = 10;

var screen = Screen.Create();
var workspace = Workspace.Find();
await new StackSynthesis(workspace, new Steps(screen, TimeProvider.System)).EnsureAsync(CancellationToken.None);
var photos = Directory.GetFiles(Path.Combine(workspace.Samples, "photos"), "*.jpg").Order().ToArray();
var measured = await new Measurement(workspace, TimeProvider.System).RunAsync(
    "photo-catalog", i => ($"photos/{i}.jpg", photos[i % photos.Length]), Runs, CancellationToken.None);
var bill = new Bill(measured, FunctionMemory.GigabytesOf(workspace));
bill.Print(screen);
return bill.Dollars < MostDollars ? 0 : 1;
