import { sayLength } from './persian-time.ts';
import type { Words } from './words.ts';

export const persian: Words = {
  language: 'fa',
  languageName: 'فارسی',
  direction: 'rtl',
  // The config's dates are of this calendar too.
  locale: 'fa-IR-u-ca-gregory',

  skip: 'رفتن به محتوا',
  pages: {
    now: 'اکنون',
    calendar: 'تقویم',
    plan: 'برنامه',
    approvals: 'تأییدها',
    history: 'تاریخچه',
    accounts: 'حساب‌ها',
    queues: 'صف‌ها',
  },
  sandbox: 'محیط آزمایشی: هیچ چیز از اینجا به شبکه‌ای واقعی نرسیده است.',
  followers: 'آنچه دنبال‌کنندگان می‌بینند',
  timesAreIn: (timezone) => `زمان‌ها به وقت ${timezone} است.`,
  stillReading: 'دفتر هنوز در حال خوانده شدن است: برخی انتشارها اینجا نیستند.',
  andMore: (n) => `و ${n.toLocaleString('fa-IR')} مورد دیگر`,

  fault: 'این صفحه نشان داده نشد. دوباره بارش کنید؛ اگر نشد، «carillon doctor» می‌گوید مشکل چیست.',

  access: {
    enter: 'ورود',
    name: 'نام',
    password: 'گذرواژه',
    wrong: 'نام و گذرواژه با هم نمی‌خوانند. دوباره امتحان کنید.',
    tooMany: 'تلاش‌ها بیش از حد است. یک ربع صبر کنید و دوباره امتحان کنید.',
    enterFirst: 'نخست با نام و گذرواژهٔ خود وارد شوید.',
    notAllowed: (name) =>
      `${name} می‌تواند این را ببیند، اما نمی‌تواند انجامش دهد. از یک متصدی بخواهید.`,
    staleForm: 'این صفحه مدت زیادی باز بوده است. برگردید، دوباره بارش کنید و کار را تکرار کنید.',
    leave: (name) => `خروج (${name})`,
  },

  states: {
    scheduled: 'زمان‌بندی‌شده',
    held: 'نگه‌داشته‌شده',
    sending: 'در حال ارسال',
    unconfirmed: 'تأییدنشده',
    published: 'منتشرشده',
    handoff: 'برای انتشار دستی',
    failed: 'ناموفق',
    missed: 'ازدست‌رفته',
    cancelled: 'لغوشده',
    retracted: 'پس‌گرفته‌شده',
  },

  now: {
    allIsWell: 'همه چیز روبه‌راه است.',
    allIsWellSoFar: 'تا اینجا همه چیز روبه‌راه است: دفتر هنوز در حال خوانده شدن است.',
    toDo: (n) => `${n.toLocaleString('fa-IR')} مورد نیازمند شماست.`,
    nothingAtAll: (file) =>
      `هنوز چیزی برنامه‌ریزی نشده است. نخستین مطلب را در ${isolate(file)} بنویسید.`,
    toPlan: 'دیدن برنامه',
    toApprovals: 'خواندن و تأیید',
    toHistory: 'دیدن همه',
    needsYou: 'نیازمند شما',
    need: {
      handoff: (n, account) =>
        n === 1
          ? `این را باید کسی در ${isolate(account)} منتشر کند.`
          : `${n.toLocaleString('fa-IR')} انتشار باید به دست کسی در ${isolate(account)} منتشر شود.`,
      delete: (n, account) =>
        n === 1
          ? `این را باید کسی در ${isolate(account)} پاک کند.`
          : `${n.toLocaleString('fa-IR')} پست را باید کسی در ${isolate(account)} پاک کند.`,
      unconfirmed: (n, account) =>
        n === 1
          ? `معلوم نیست این در ${isolate(account)} منتشر شده است یا نه.`
          : `معلوم نیست ${n.toLocaleString('fa-IR')} انتشار در ${isolate(account)} منتشر شده‌اند یا نه.`,
      failed: (n, account) =>
        `${n.toLocaleString('fa-IR')} انتشار در ${isolate(account)} ناموفق بود.`,
      missed: (n, account) =>
        `${n.toLocaleString('fa-IR')} انتشار در ${isolate(account)} از دست رفت.`,
      approval: (n, account) =>
        `${n.toLocaleString('fa-IR')} انتشار در ${isolate(account)} منتظر تأیید است.`,
      held: (n, account) =>
        `${n.toLocaleString('fa-IR')} انتشار در ${isolate(account)} نگه داشته شده است.`,
    },
    needAction: {
      handoff: 'انتشار دستی',
      delete: 'پاک‌کردن در همان‌جا',
      unconfirmed: 'ببینید و بگویید کجاست',
      failed: 'دیدن دلیل و ارسال دوباره',
      missed: 'دیدن دلیل و ارسال دوباره',
      approval: 'خواندن و تأیید',
      held: 'ببینید منتظر چیست',
    },
    older: (n) =>
      `${n.toLocaleString('fa-IR')} مورد دیگر بیش از دو هفته پیش ناموفق بوده یا از دست رفته است.`,
    moreGroups: (n) => `و ${n.toLocaleString('fa-IR')} دلیل دیگر`,
    lookedUp: (n) => `${n.toLocaleString('fa-IR')} انتشار شاید منتشر شده باشد و در حال بررسی است.`,
    inTime: (ms) => (ms <= 0 ? 'اکنون' : `${sayLength(ms)} دیگر`),
    ago: (ms) => (ms < 10_000 ? 'همین حالا' : `${sayLength(ms)} پیش`),
    next: 'بعدی',
    nothingNext: 'چیزی برنامه‌ریزی نشده است.',
    justOut: 'تازه منتشرشده',
    nothingOut: 'هنوز چیزی منتشر نشده است.',
    frozen: (reason) =>
      `دفتر متوقف است: ${isolate(reason)}. تا اجرای «carillon thaw» چیزی فرستاده نمی‌شود.`,
    recovering: (reason) =>
      `دفتر متوقف است: ${isolate(reason)}. وقتی همهٔ میزبان‌ها گفته باشند چه فرستاده‌اند، خودش ادامه می‌دهد.`,
    everythingHeld: (reason) => `همه چیز متوقف است: ${isolate(reason)}`,
    accountHeld: (account, reason) => `${isolate(account)} نگه داشته شده است: ${isolate(reason)}`,
    brokenConfig: (file) =>
      `${isolate(file)} به این صورت که ذخیره شده قابل استفاده نیست. آنچه پیش‌تر اعمال شده ادامه دارد؛ پس از اصلاح، خودبه‌خود اعمال می‌شود.`,
    moreProblems: (n) =>
      `و ${n.toLocaleString('fa-IR')} مورد دیگر: «carillon check» همه را نشان می‌دهد`,
  },

  standing: {
    title: 'وضع کارها',
    scheduler: 'زمان‌بند',
    neverRan:
      'زمان‌بند هرگز اینجا اجرا نشده است: چیز تازه‌ای برنامه‌ریزی نمی‌شود و آنچه گم شود پیدا نمی‌شود. «carillon start» را اجرا کنید.',
    nothingRuns:
      'Carillon اجرا نیست: نه زمان‌بندی هست و نه کارگری، و چیزی منتشر نمی‌شود. «carillon start» را اجرا کنید.',
    late: (ago) =>
      `آخرین گشت زمان‌بند ${ago} بوده است: چیز تازه‌ای برنامه‌ریزی نمی‌شود و آنچه گم شود پیدا نمی‌شود. ببینید «carillon start» هنوز اجراست یا نه.`,
    ranLast: (ago) => `آخرین گشت: ${ago}`,
    appliesNot: 'تغییرهای پیکربندی خودبه‌خود اعمال نمی‌شود.',
    workers: 'کارگرها',
    workersOf: (network, n) => `${isolate(network)}: ${n.toLocaleString('fa-IR')} کارگر`,
    noWorker: (network) =>
      `برای ${isolate(network)} هیچ کارگری نیست: چیزی در حساب‌هایش منتشر نمی‌شود. ببینید «carillon start» هنوز اجراست یا نه.`,
    accounts: 'حساب‌ها',
    account: 'حساب',
    state: 'وضعیت',
    connected: 'متصل',
    notConnected: 'متصل نیست',
    notConnectedRemedy: (account) =>
      `${isolate(account)} متصل نیست: چیزی در آن منتشر نمی‌شود. «carillon connect ${account}» را اجرا کنید.`,
    unknown: 'فعلاً معلوم نیست',
    held: 'نگه‌داشته‌شده',
    limited: (n) => `محدودشده: ${n.toLocaleString('fa-IR')} مورد منتظر است تا`,
    spent: (spent) => `این ماه ${isolate(spent)} خرج شده است`,
    spentOf: (spent, budget) => `این ماه ${isolate(spent)} از ${isolate(budget)} خرج شده است`,
    redis: 'Redis',
    redisAnswers: 'پاسخ می‌دهد',
    noAccounts: 'پیکربندی هیچ حسابی ندارد.',
  },

  plan: {
    asOf: (time) => `در ساعت ${time}.`,
    again: 'بارگذاری دوباره',
    reading: 'پیکربندی هنوز خوانده و آماده می‌شود. کمی بعد این صفحه را دوباره بار کنید.',
    failed: 'برنامه ساخته نشد.',
    applies: 'زمان‌بند پیکربندی را خودبه‌خود اعمال می‌کند: آنچه اینجاست تا لحظه‌ای دیگر انجام می‌شود.',
    appliesNot:
      'زمان‌بند پیکربندی را خودبه‌خود اعمال نمی‌کند: «carillon apply» آنچه را اینجاست انجام می‌دهد.',
    noScheduler:
      'زمان‌بندی اجرا نیست و تا آن وقت هیچ‌یک از این‌ها انجام نمی‌شود. «carillon start» یا «carillon apply» را اجرا کنید.',
    broken: 'پیکربندی به این صورت قابل استفاده نیست. آنچه پیش‌تر اعمال شده ادامه دارد.',
    problems: 'اشکال‌های پیکربندی',
    noProblems: 'پیکربندی اشکالی ندارد.',
    error: 'خطا',
    warning: 'هشدار',
    changes: 'آنچه تغییر می‌کند',
    nothing: (unchanged) =>
      unchanged === 0
        ? 'کاری نیست: نه پیکربندی انتشاری دارد و نه دفتر.'
        : `کاری نیست: ${unchanged.toLocaleString('fa-IR')} انتشار همان‌طور است که پیکربندی می‌خواهد.`,
    sums: {
      add: (n) => `${n.toLocaleString('fa-IR')} افزودنی`,
      move: (n) => `${n.toLocaleString('fa-IR')} جابه‌جایی`,
      update: (n) => `${n.toLocaleString('fa-IR')} به‌روزرسانی`,
      cancel: (n) => `${n.toLocaleString('fa-IR')} لغو`,
      late: (n) => `${n.toLocaleString('fa-IR')} دیرشده`,
      protected: (n) => `${n.toLocaleString('fa-IR')} محفوظ`,
      unchanged: (n) => `${n.toLocaleString('fa-IR')} بی‌تغییر`,
    },
    actions: {
      add: 'افزودن',
      move: 'جابه‌جایی',
      update: 'به‌روزرسانی',
      cancel: 'لغو',
      late: 'دیرشده',
      protected: 'محفوظ',
    },
    action: 'تغییر',
    publication: 'انتشار',
    time: 'زمان',
    atOnce: 'اکنون',
    wasPlannedFor: 'زمان پیشین:',
    textChangesToo: 'متن آن هم تغییر می‌کند.',
    postChanges: 'پست آن تغییر می‌کند.',
    lastMomentChanges: 'آخرین مهلت آن (publishBy) تغییر می‌کند.',
    thread: (n) => `رشته: ${n.toLocaleString('fa-IR')} پست دیگر در پی می‌آید.`,
    moved: (publication, by) => `${isolate(publication)} را ${isolate(by)} جابه‌جا کرده است به`,
    waiting: (n) => `${n.toLocaleString('fa-IR')} انتشار منتظر تأیید است.`,
    costs: 'هزینه‌ها',
    wouldCost: 'هزینه‌ای که بیرون از محیط آزمایشی می‌داشت',
    month: 'ماه',
    account: 'حساب',
    allAccounts: 'همهٔ حساب‌ها',
    planned: 'برنامه‌ریزی‌شده',
    spent: 'خرج‌شده',
    budget: 'بودجه',
    overBudget: 'بیش از بودجه',
    pricesAsOf: (days) => `قیمت‌ها در تاریخ ${days}.`,
  },

  approvals: {
    nothing: 'چیزی منتظر تأیید نیست.',
    waits: (n) =>
      `${n.toLocaleString('fa-IR')} انتشار منتظر تأیید است. هر یک فقط همین‌گونه که اینجاست منتشر می‌شود.`,
    goesOut: 'زمان انتشار',
    lastMoment: 'حداکثر تا',
    textUnknown: 'متن آن معلوم نیست.',
    toPublication: 'همه چیز دربارهٔ آن',
  },

  history: {
    search: 'جست‌وجو در نام‌ها و متن‌ها',
    state: 'وضعیت',
    account: 'حساب',
    any: 'همه',
    show: 'نمایش',
    found: (n) => `${n.toLocaleString('fa-IR')} انتشار`,
    archived: (n) =>
      `${n.toLocaleString('fa-IR')} انتشار قدیمی‌تر در بایگانی است: صفحهٔ هر کدام هنوز دربارهٔ آن می‌گوید.`,
    time: 'زمان',
    publication: 'انتشار',
    address: 'نشانی',
    open: 'بازکردن',
    pages: 'صفحه‌ها',
    newer: 'تازه‌تر',
    older: 'قدیمی‌تر',
    pageOf: (page, last) =>
      `صفحهٔ ${page.toLocaleString('fa-IR')} از ${last.toLocaleString('fa-IR')}`,
  },

  calendar: {
    month: 'ماه',
    week: 'هفته',
    list: 'فهرست',
    before: 'پیش‌تر',
    today: 'امروز',
    after: 'پس‌تر',
    controls: 'بازهٔ زمانی',
    accounts: 'حساب‌ها',
    nothing: 'در این بازه چیزی نیست.',
    subscribe: 'اشتراک با برنامهٔ تقویم',
    clockChange: (minutes) =>
      minutes > 0
        ? `ساعت‌ها ${minutes.toLocaleString('fa-IR')} دقیقه جلو می‌روند.`
        : `ساعت‌ها ${(-minutes).toLocaleString('fa-IR')} دقیقه عقب می‌روند.`,
    quietHours: 'در ساعت‌های سکوت',
    collides: 'نزدیک به یکی دیگر',
  },

  publication: {
    post: (network) => `پست در ${network}`,
    next: 'گام بعدی',
    deeds: 'آنچه می‌توانید انجام دهید',
    story: 'سرگذشت',
    facts: 'دانستنی‌ها',
    attempts: 'تلاش‌ها',
    attempt: (n, part) =>
      part === undefined
        ? `تلاش ${n.toLocaleString('fa-IR')}`
        : `تلاش ${n.toLocaleString('fa-IR')}، بخش ${part.toLocaleString('fa-IR')}`,
    underWay: 'در جریان',
    images: 'آنچه تصویرها نشان می‌دهند',
    decoration: 'تزئینی، بدون توضیح',
    byHand: 'انتشار دستی، گام به گام',
    byHandNext: 'شخصی این را دستی منتشر می‌کند و نشانی آن را اینجا می‌نویسد.',
    siblings: 'همین مطلب در جاهای دیگر',
    json: 'همهٔ دانسته‌ها به صورت JSON',
    unknown: (name) => `انتشاری به نام ${name} وجود ندارد.`,
    textUnknown: 'متن آن معلوم نیست: از روی یک دفترچه بازسازی شده است.',
    textArchived: 'متن آن در بایگانی است.',
  },

  deeds: {
    back: 'نه، برگرد',
    approve: {
      title: 'تأیید',
      asks: 'دقیقاً همین متن در همین زمان منتشر می‌شود. متن یا زمان دیگر دوباره تأیید می‌خواهد.',
      field: '',
      isGrave: false,
    },
    hold: {
      title: 'نگه‌داشتن',
      asks: 'تا کسی آزادش نکند فرستاده نمی‌شود. اگر از آخرین مهلت بگذرد، از دست می‌رود.',
      field: 'دلیل (اگر بخواهید)',
      isGrave: false,
    },
    release: {
      title: 'آزادکردن',
      asks: 'در زمان خود منتشر می‌شود، یا اگر زمانش گذشته باشد همین حالا.',
      field: '',
      isGrave: false,
    },
    cancel: {
      title: 'لغو',
      asks: 'کنار گذاشته می‌شود و کنار می‌ماند، حتی اگر هنوز در پیکربندی باشد.',
      field: '',
      isGrave: true,
    },
    retry: {
      title: 'ارسال دوباره',
      asks: 'منتشر نشده است، و به محض آماده‌شدن دوباره فرستاده می‌شود.',
      field: '',
      isGrave: false,
    },
    confirm: {
      title: 'منتشر شده است',
      asks: 'این انتشار در این نشانی منتشرشده به شمار می‌آید.',
      field: 'نشانی پست',
      isGrave: false,
    },
    move: {
      title: 'جابه‌جایی',
      asks: 'به جای زمان پیشین در این زمان منتشر می‌شود، تا وقتی پیکربندی زمان دیگری بگوید.',
      field: 'زمان تازه',
      isGrave: false,
    },
    retract: {
      title: 'پس‌گرفتن',
      asks: 'پست در شبکه پاک می‌شود و دیگر هرگز فرستاده نمی‌شود.',
      field: 'دلیل پس‌گرفتن',
      isGrave: true,
    },
    deleted: {
      title: 'پاک شده است',
      asks: 'خودتان نگاه کرده‌اید: چیزی از آن در شبکه نمانده است. از این پس پس‌گرفته‌شده به شمار می‌آید.',
      field: '',
      isGrave: false,
    },
    pause: {
      title: 'توقف',
      asks: 'از این لحظه چیزی در این حساب فرستاده نمی‌شود. آنچه رفته است برنمی‌گردد.',
      field: '',
      isGrave: false,
    },
    resume: {
      title: 'ادامه',
      asks: 'آنچه منتظر بود یکی‌یکی منتشر می‌شود؛ آنچه دیر شده از دست می‌رود.',
      field: '',
      isGrave: false,
    },
    stop: {
      title: 'توقف همه چیز',
      asks: 'از این لحظه هیچ چیز در هیچ جا فرستاده نمی‌شود. آنچه رفته است برنمی‌گردد.',
      field: '',
      isGrave: true,
    },
  },

  doing: {
    resumeAll: 'ادامهٔ همه چیز',
    allAccounts: 'همهٔ حساب‌ها',
    doneBefore: 'این کار پیش‌تر خواسته شده است. وضعیت کنونی اینجا نشان داده شده است.',
    changed: 'متن یا زمان آن پس از نمایش تغییر کرده است: دوباره نگاهش کنید.',
    unknownAccount: (name) => `پیکربندی حسابی به نام ${isolate(name)} ندارد.`,
  },

  accounts: {
    none: 'پیکربندی حسابی ندارد.',
    whose: 'صاحب حساب',
    whoseUnknown: 'هنوز پرسیده نشده است: زمان‌بند روزی یک بار می‌پرسد.',
    access: 'دسترسی',
    toConnect: 'برای اتصال بنویسید',
    goesOn: 'ادامه دارد.',
    limits: 'محدودیت‌ها',
    ownLimit: (posts, perMs) =>
      `حداکثر ${posts.toLocaleString('fa-IR')} پست در ${sayLength(perMs)}، طبق پیکربندی.`,
    noLimits: 'هیچ محدودیتی چیزی را نگه نداشته است.',
    money: 'هزینه در',
    spent: (spent, reserved, budget) =>
      [
        `${isolate(spent)} خرج شده`,
        ...(reserved === undefined
          ? []
          : [`${isolate(reserved)} برای آنچه در جریان است کنار گذاشته شده`]),
        ...(budget === undefined ? [] : [`از بودجهٔ ${isolate(budget)}`]),
      ].join('، '),
    wouldBe: 'بیرون از محیط آزمایشی چنین می‌شد.',
    findings: 'یافته‌های بررسی',
    noFindings: 'تا جایی که نگاه شده، ایرادی نیست.',
  },

  handOff: {
    title: (network) => `این را در ${network} منتشر کنید`,
    due: 'زمان',
    until: 'حداکثر تا',
    copy: 'متن را کپی کنید',
    text: 'متن پست',
    copyButton: 'کپی متن',
    copied: 'کپی شد',
    copyByHand: 'متن انتخاب شده است: آن را با منوی دستگاه خود کپی کنید.',
    images: (n) => `${n.toLocaleString('fa-IR')} تصویر را به همین ترتیب ذخیره کنید`,
    download: 'ذخیرهٔ',
    alt: 'توضیح:',
    open: (network) => `${network} را باز کنید و متن را بچسبانید`,
    openButton: 'بازکردن صفحهٔ نوشتن',
    paste: 'بگویید کجاست',
    address: 'نشانی پست',
    done: 'انجام شد: منتشر شده است',
    link: 'پیوندی که همراه می‌رود:',
    noAddress:
      'این نشانی نیست. پست را در شبکه باز کنید، نشانی همان صفحه را (که با https:// آغاز می‌شود) کپی کنید و اینجا بچسبانید.',
    notAPost: (network) =>
      `این به ${network} می‌رسد، اما نه به یک پست: شاید به کانال یا ویدئویی. خود پست را باز کنید (زمانش به آن می‌رسد) و آن نشانی را کپی کنید.`,
    otherNetwork: (given, wanted) =>
      `این نشانی در ${given} است؛ این پست در ${wanted} منتشر می‌شود. نشانی پست را از آنجا کپی کنید.`,
    elsewhere: (host, wanted) =>
      `${host} همان ${wanted} نیست. پست را در ${wanted} باز کنید و نشانی‌اش را کپی کنید.`,
    liveElsewhere: (url) =>
      `در این میان کس دیگری گفته است که در ${url} منتشر شده. آنجا را ببینید: اگر پست شما پست دیگری است، دو بار منتشر شده؛ در این صورت پست خود را پاک کنید.`,
    isLive: 'منتشر شده است. کار دیگری نمانده.',
    isNotDue: (state) => `این را اکنون نباید دستی منتشر کرد: وضعیتش «${state}» است.`,
    rewritten:
      'هنگامی که آن را منتشر می‌کردید متنش تغییر کرد. پست خود را با آن بسنجید و اگر فرق دارد، پست خود را در شبکه تغییر دهید.',
    toPublication: 'همه چیز دربارهٔ این انتشار',
  },

  link: {
    approve: 'این پست را تأیید کنید',
    madeFor: (name) => `این پیوند برای ${name} ساخته شده است. تنها همین یک کار را می‌کند، تا`,
    asks: 'دقیقاً همین متن در همین زمان منتشر می‌شود. متن یا زمان دیگر دوباره تأیید می‌خواهد.',
    approved: (by) => `این پست را ${by} تأیید کرده است. کار دیگری نمانده.`,
    altered:
      'این پیوند کامل نیست. آن را دقیقاً همان‌گونه که فرستاده شده باز کنید، یا پیوند تازه‌ای بخواهید.',
    over: 'مهلت این پیوند تمام شده است. پیوند تازه‌ای بخواهید.',
    used: 'این پیوند پیش‌تر به کار رفته است. اگر هنوز کاری مانده، پیوند تازه‌ای بخواهید.',
    rewritten:
      'متن یا زمان پس از ساخته‌شدن این پیوند تغییر کرده است. پیوند تازه‌ای بخواهید تا آن را چنان‌که اکنون هست نشان دهد.',
    gone: 'آنچه این پیوند دربارهٔ آن است دیگر در برنامه نیست.',
    notWaiting: (state) => `این پست دیگر منتظر تأیید نیست: وضعیتش «${state}» است.`,
    tooMany: 'پیوندهای نادرست بیش از حد است. یک ربع صبر کنید و پیوند خود را دوباره باز کنید.',
    title: 'پیوند',
  },
};

/** Words of another direction, kept together in the midst of a sentence. */
function isolate(words: string): string {
  return `\u2068${words}\u2069`;
}
